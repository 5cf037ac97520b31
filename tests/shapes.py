"""Pages that are as large as one likes: each has one thing, over and over. The tests count the work they make, the benchmark its seconds."""

from __future__ import annotations

from typing import NamedTuple


class Shape(NamedTuple):
    """What stands once at the top and at the end of a page, and what comes again; `§` is a number of five digits, each time another.

    `few`: how many of it a test begins with.
    """

    head: str
    unit: str
    tail: str = "\n"
    ends: str = "md"
    few: int = 20

    def page(self, times: int, first: int = 10_000) -> dict[str, bytes]:
        """A source of one page that says the same so many times. Two whose `first` numbers differ by more have no text in common."""
        numbers = range(first, first + times)
        units = (self.unit.replace("§", str(number)) for number in numbers)
        text = f"{self.head}{''.join(units)}{self.tail}"
        return {f"harbour{first}.{self.ends}": text.encode()}


# As a generator writes them, and as people do.
_MADE = """\
# Berth

## Example Usage

```typescript
import { Berth } from "harbour/models";
```

## Fields

| Field | Type | Required | Description |
| --- | --- | --- | --- |
"""
_WRITTEN = """\
# Berth

| Field | Type | Required | Description |
| --- | --- | --- | --- |
"""
_SCHEMA = '{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Berth", "type": "object",'

SHAPES = {
    "rows": Shape(
        _MADE, "| `f§` | *string* | :heavy_check_mark: | The berth number §. |\n"
    ),
    "a cell of text": Shape(
        f"{_MADE}| `a` | *string* | :heavy_check_mark: | ",
        "It has so many words that § of them fit. ",
        "|\n",
    ),
    "a cell of links": Shape(
        f"{_MADE}| `a` | ",
        "[models.Quay§](../models/quay§.md) \\| ",
        "*string* | :heavy_check_mark: | Where it lies. |\n",
    ),
    "values": Shape(
        _MADE.partition("## Fields")[0].replace("Berth", "Tide")
        + "## Values\n\n| Name | Value |\n| --- | --- |\n",
        "| `V§` | v§ |\n",
    ),
    "written rows": Shape(_WRITTEN, "| f§ | string | yes | The berth number §. |\n"),
    "rows without bars": Shape(
        "# Berth\n\nField | Type | Required | Description\n--- | --- | --- | ---\n",
        "`f§` | string | no | The berth number §.\n",
    ),
    "awkward cells": Shape(
        _WRITTEN,
        "| f§ | string | yes | Either `a \\| b` or [see \\[§\\]](b.md#x_(y)). |\r\n"
        "| g§ | string | yes |\r\n",
    ),
    "a written cell of text": Shape(
        f"{_WRITTEN}| a | string | yes | ",
        "It has so many words that § of them fit. ",
        "|\n",
    ),
    "a cell without an end": Shape(
        f"{_WRITTEN}| a | string | yes | ", "words and `code` or § ", "|\n"
    ),
    "a cell of facts": Shape(
        f"{_WRITTEN}| a | string | yes | ",
        "One of `a§`, `b§`. Must be at least §. ",
        "|\n",
    ),
    "a cell of values": Shape(
        f"{_WRITTEN}| a | string | yes | One of ", "`v§`, ", "`none`. |\n"
    ),
    "a type of literals": Shape(
        f"{_WRITTEN}| a | ", '"v§" \\| ', "string | yes | Its state. |\n"
    ),
    "a type of names": Shape(
        f"{_WRITTEN}| a | ", "quay§ or ", "string | yes | Where it lies. |\n"
    ),
    "a type of words": Shape(
        f"{_WRITTEN}| a | ", "array of ", "string | yes | What it has. |\n"
    ),
    "a written cell of links": Shape(
        f"{_WRITTEN}| a | ",
        "[Quay§](#quay§) \\| ",
        "string | yes | Where it lies. |\n",
    ),
    "sections": Shape(
        "",
        "# Berth§\n\nWhere ships lie.\n\n| Field | Type | Description |\n|---|---|---|\n"
        "| a | string | Its name. |\n| b | [Quay§](#quay§) | Where it is. |\n\n"
        "# Quay§\n\n| Field | Type | Description |\n|---|---|---|\n| a | string | Its name. |\n\n",
    ),
    "written values": Shape(
        "# Tide\n\n| Value | Description |\n|---|---|\n", "| `v§` | The value §. |\n"
    ),
    "a list of values": Shape(
        "# Berth\n\n| Field | Type | Description |\n|---|---|---|\n| a | string | Its tide. |\n\n## a\n\n",
        "- `v§`: text §\n",
    ),
    "nested names": Shape(
        _WRITTEN,
        "| a§ | object | yes | What it has. |\n"
        "| a§.b | string | yes | The berth §. |\n| a§.c | string | yes | The berth §. |\n",
    ),
    "paragraphs": Shape(
        f"{_WRITTEN}| a | string | yes | Its name. |\n\n",
        "A line of text § with [links](#berth) and `code`.\n",
    ),
    "a list": Shape(
        f"{_WRITTEN}| a | string | yes | Its name. |\n\n",
        "- An item § with [links](#berth) and `code`.\n",
    ),
    "code": Shape(
        f"{_WRITTEN}| a | string | yes | Its name. |\n\n```json\n{{\n",
        '  "k§": 1,\n',
        '  "last": 1\n}\n```\n',
    ),
    "tables in a list": Shape(
        "# Berth\n\n",
        "- Part §\n\n  | Field | Type | Required |\n  | --- | --- | --- |\n  | f§ | string | yes |\n\n",
        few=5,  # each is merged into one model, for which its fields so far are looked through
    ),
    "HTML rows": Shape(
        "# Berth\n\n<table><tr><th>Field</th><th>Type</th><th>Description</th></tr>\n",
        "<tr><td>f§</td><td>string</td><td>The berth §.</td></tr>\n",
        "</table>\n",
    ),
    "YAML fields": Shape(
        "models:\n  - name: Berth\n    fields:\n",
        "      - {field: f§, type: string, description: The berth §.}\n",
        ends="yaml",
    ),
    "JSON properties": Shape(
        f'{_SCHEMA} "properties": {{',
        '"p§": {"type": "string"}, ',
        '"last": {"type": "string"}}}',
        ends="json",
    ),
    "JSON requirements": Shape(
        f'{_SCHEMA} "properties": {{"last": {{"type": "string"}}}}, "required": [',
        '"p§", ',
        '"last"]}',
        ends="json",
    ),
    "JSON definitions": Shape(
        f'{_SCHEMA} "properties": {{"last": {{"$ref": "#/$defs/Last"}}}}, "$defs": {{',
        '"D§": {"type": "object", "properties": {"a": {"$ref": "#/$defs/D§"}}}, ',
        '"Last": {"type": "string"}}}',
        ends="json",
    ),
    "JSON values": Shape(
        f'{_SCHEMA} "properties": {{"a": {{"enum": [',
        '"v§", ',
        '"last"]}}}',
        ends="json",
    ),
}
