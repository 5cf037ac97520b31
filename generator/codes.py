"""The one table of everything the tool can complain about: `fieldgen explain CODE` prints its rows.

A code is a name for ever: it is never renamed and never gets another meaning. Every code has a case under tests/cases.
"""

from __future__ import annotations

from generator.light import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import Literal


class Code(NamedTuple):
    """A row: how bad it is, what it means and what fieldgen does then, and how to mend it.

    `error`: a documented thing is left out of the outputs (exit code 1). `warning`: a fact could not be read, the outputs say
    `Any` or keep one of two. `note`: nothing is lost, but somebody may want to know.
    """

    severity: Literal["error", "warning", "note"]
    meaning: str
    mend: str


CODES: dict[str, Code] = {
    # files
    "not-utf8": Code(
        "error",
        "The file is not UTF-8 text. It is left out, and what it documents is missing from the outputs.",
        "Save the file as UTF-8 (a byte order mark is allowed).",
    ),
    "empty-page": Code(
        "note",
        "The file is empty or holds only white space, so it documents nothing.",
        "Delete the file, or write the page.",
    ),
    "no-field-table": Code(
        "error",
        "None of the files of the source documents a model, an enum or a union, so nothing is written.",
        "Check the path and the dialect of the source: `fieldgen ir PATH` shows what was read.",
    ),
    # tables
    "unnamed-table": Code(
        "error",
        "A field table stands under no heading, so nothing says which model it describes. The table is left out.",
        "Write a heading with the model's name above the table.",
    ),
    "near-table": Code(
        "warning",
        "A head of a table is nearly one that fieldgen knows, or the table has types, but no column that is known to hold names. Nothing is guessed: what it says is left out.",
        "Correct the head, or let a dialect name it: `columns` in docs/dialects.md.",
    ),
    "missing-name": Code(
        "error",
        "A row's name cell is empty. The row is left out.",
        "Write the field's name, or delete the row.",
    ),
    "short-row": Code(
        "warning",
        "A row has fewer cells than its header. The missing cells are read as empty.",
        "Add the missing cells: each row needs as many as the header.",
    ),
    "long-row": Code(
        "warning",
        "A row has more cells than its header, as markdown viewers do, the surplus is dropped. Often a `|` inside a cell is not escaped.",
        "Escape the bar inside the cell: `\\|`.",
    ),
    "merged-rows": Code(
        "warning",
        "Two or more rows stand on one line; markdown viewers drop all but the first. Each has a name and a type, so all of them are read.",
        "Begin a new line for each row.",
    ),
    "unescaped-bar": Code(
        "warning",
        "A row has more cells than its header, and open brackets, quotes or types tell which of them are one cell. They are read as one.",
        "Escape the bar inside the cell: `\\|`.",
    ),
    "broken-table": Code(
        "warning",
        "Lines look like a table, but markdown sees none. They are left out.",
        "Write a header row and right below it a delimiter row with as many cells: `| --- | --- |`. No empty line may stand in a table.",
    ),
    "text-in-table": Code(
        "note",
        "Text stands right below the rows of a table, so markdown viewers show it as a row. It is read as text.",
        "Put an empty line between the table and the text.",
    ),
    "duplicate-field": Code(
        "warning",
        "A model documents one field twice. The first row counts.",
        "Delete one of the rows, or rename one of the fields.",
    ),
    "duplicate-model": Code(
        "error",
        "One page documents two models, enums or unions with one name. The first counts; the other is left out.",
        "Rename one of them.",
    ),
    "contradicting-types": Code(
        "warning",
        "A model documents one field twice, with two types. The first row counts.",
        "Delete one of the rows, or let both say the same.",
    ),
    "contradicting-required": Code(
        "warning",
        "Two places say the opposite of whether a field is required: two rows, or a row's required cell and its description. The first row, or the cell, counts.",
        "Let both say the same.",
    ),
    "unknown-required-mark": Code(
        "warning",
        "The required cell holds a word that the dialect does not know. The field is read as optional.",
        "Use a mark of the dialect, or add the word to `required` in a dialect file.",
    ),
    "unread-values": Code(
        "warning",
        "The values of an enum could not be read. The enum is kept as `Any`.",
        "Write the values as a `Name | Value` table or as literals joined by `|` in a code block.",
    ),
    "empty-model": Code(
        "warning",
        "A field table has no rows, and the generator of these docs writes the same for an object without fields, an enum and a union. It is kept as `Any`.",
        "Nothing can be read here: write the definition as a YAML file beside the docs, or keep `Any`.",
    ),
    "untold-type": Code(
        "warning",
        "A heading names a type, and nothing below it says what the type is. It is kept as `Any`.",
        "Write the definition as a YAML file beside the docs, or keep `Any`.",
    ),
    "bare-page": Code(
        "warning",
        "A page has a name and no more: in these docs it stands for a union, and no type on another page lists the members. It is kept as `Any`.",
        "Nothing can be read here: write the union as a YAML file beside the docs, or keep `Any`.",
    ),
    "unplaced-rows": Code(
        "warning",
        "Rows are written as parts of a field whose type has no parts. They are left out.",
        "Correct the type of the field above them, or their depth.",
    ),
    "unplaced-values": Code(
        "warning",
        "Values are listed of a field that the definition does not have, has several times, or whose type has none. They are left out.",
        "Correct the name of the field, or its type.",
    ),
    "unread-base": Code(
        "warning",
        "A definition is said to have all fields of something that is no object with fields. Only its own fields are kept.",
        "Correct the link, or write the fields out.",
    ),
    # types and references
    "missing-type": Code(
        "warning",
        "A field's type cell is empty. The field is kept as `Any`.",
        "Write the type.",
    ),
    "unknown-type": Code(
        "warning",
        "A type names nothing that the dialect or the docs know. It is kept as `Any`.",
        "Link the type to its page, correct the word, or add it to `types` in a dialect file.",
    ),
    "unread-type": Code(
        "warning",
        "A type cell is no type expression that fieldgen can read. The field is kept as `Any`.",
        "Write the type as in docs/outputs.md, for example `string[]` or `Record<string, number>`.",
    ),
    "missing-link-target": Code(
        "warning",
        "A type links to a page, or a heading, that is not in the source. It is kept as `Any`.",
        "Correct the link, or let the source include the page.",
    ),
    "untyped-section": Code(
        "warning",
        "A type links to a part of the docs that documents no model, enum or union by itself: prose, or several of them. It is kept as `Any`.",
        "Link the type to the heading above its table, or list its members there as links.",
    ),
    "ambiguous-reference": Code(
        "warning",
        "A type names several definitions and nothing says which one is meant. It is kept as `Any`.",
        "Link the type to its page, or write the folder before the name: `folder.Name`.",
    ),
    "external-type": Code(
        "note",
        "A type links to a page outside the docs, which fieldgen does not read. It is kept as a named alias of `Any`.",
        "Nothing needs to be done; if you know what is sent, add the type to `types` in a dialect file.",
    ),
    "recursive-alias": Code(
        "warning",
        "A union or alias consists of itself and nothing else. It is kept as `Any`.",
        "Correct the members of the union.",
    ),
    # names
    "spelled-name": Code(
        "note",
        "A documented name cannot be a Python name, so Python spells it otherwise. The documented name is what is sent.",
        "Nothing needs to be done: `to_dict` and the JSON Schema keep the documented name.",
    ),
    "name-clash": Code(
        "warning",
        "Two documented names become one Python name. The later one gets a number.",
        "Rename one of the two in the docs, or use the later one by its numbered name.",
    ),
    "unused-rename": Code(
        "warning",
        "A line of the `rename` table of the config matches no field of the docs.",
        "Correct the line, or delete it.",
    ),
    # overlays
    "unused-overlay": Code(
        "warning",
        "A line of an overlay names nothing that the docs document, or strikes what they do not state.",
        "Correct the name, or delete the line.",
    ),
    "needless-overlay": Code(
        "warning",
        "The docs say now themselves what a line of an overlay says.",
        "Delete the line.",
    ),
    "refused-overlay": Code(
        "warning",
        "A line of an overlay cannot be done: a name is taken, or something that stays refers to what would be removed.",
        "Correct the line: name one thing, choose a free name, or change what refers to it, too.",
    ),
    # facts in descriptions
    "contradicting-facts": Code(
        "warning",
        "A description states something of its field that its type, its columns or its other words contradict. What the columns state counts, and of two sentences neither.",
        "Correct the description or the column, or strike the fact: `ignore-facts` in the config.",
    ),
    "unused-strike": Code(
        "warning",
        "A line of `ignore-facts` in the config matches no fact of the docs.",
        "Correct the line, or delete it.",
    ),
    # YAML
    "invalid-yaml": Code(
        "error",
        "The file is not YAML, or it uses what fieldgen does not read. It is left out.",
        "Mend the place that is named: most often a tab, a missing quote or wrong indentation.",
    ),
    "duplicate-key": Code(
        "error",
        "A YAML mapping has one key twice. The first value counts.",
        "Delete one of the two.",
    ),
    "unknown-key": Code(
        "error",
        "A key is none that the form knows. It is left out.",
        "Correct the key: docs/yaml.md lists all.",
    ),
    "wrong-value": Code(
        "error",
        "A key has a value that the form does not allow there. It is left out.",
        "Correct the value: docs/yaml.md says what the key takes.",
    ),
    "no-field-list": Code(
        "note",
        "A YAML or JSON file is neither fieldgen's own form nor a field list of a dialect that fieldgen knows. It is not read. Beside markdown nothing is said of such files.",
        "Leave it out of the source, or write a dialect for it: docs/dialects.md.",
    ),
    "empty-list": Code(
        "note",
        "A field list in YAML or JSON lists no fields, and nothing else of the source does. Nothing is written.",
        "Nothing needs to be done, if there are none yet.",
    ),
    "unkept-key": Code(
        "note",
        "A key of a field list says something that the schema has no place for, such as what holds between rows. It is left out; told once for each file and key.",
        "Nothing needs to be done, if you can do without it.",
    ),
    "unfit-default": Code(
        "warning",
        "A default is not of the type of its field. It is left out.",
        "Correct the default, or the type.",
    ),
    # docs against themselves: only `fieldgen lint` reports these
    "example-missing-key": Code(
        "warning",
        "An example lacks a key that the table requires.",
        "Add the key to the example, write `...` where keys are left out, or say in the table that it is optional.",
    ),
    "example-unknown-key": Code(
        "warning",
        "An example has a key that the table does not document.",
        "Document the key, or correct the example.",
    ),
    "example-wrong-type": Code(
        "warning",
        "A value of an example is of another type than the table says.",
        "Correct the example, or the type in the table.",
    ),
    "example-wrong-value": Code(
        "warning",
        "A value of an example is none of the documented values.",
        "Correct the example, or document the value.",
    ),
    "unread-example": Code(
        "note",
        "A block of code says that it is JSON or YAML and is neither, even if comments, `...` and trailing commas are allowed. It is held against no table.",
        "Correct the example.",
    ),
    "unreferenced-definition": Code(
        "note",
        "No other definition refers to this one. It is reported only where `fieldgen lint --select` asks for it.",
        "Link it where it is used, if it is more than a root.",
    ),
    "unused-suppression": Code(
        "warning",
        "A comment `fieldgen: ignore` names a code that is not found where the comment stands.",
        "Delete the comment, or correct the code.",
    ),
    # fieldgen diff
    "unused-acceptance": Code(
        "warning",
        "The config accepts a change that does not occur between the two versions.",
        "Delete the entry from `accept`, or correct it.",
    ),
    # outputs
    "outdated-output": Code(
        "error",
        "An output is missing, is not what the docs say now, or is no longer produced. `fieldgen check --format` reports it as a finding.",
        "Run `fieldgen build` and commit what it writes.",
    ),
    "changed-stale-file": Code(
        "warning",
        "fieldgen wrote this file, no longer produces it, and somebody has changed it since. It is left where it is.",
        "Save what you need of it and delete it.",
    ),
}
