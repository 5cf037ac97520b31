"""What reading and writing a payload costs, against peers in the same run: `python tests/benchmarks/codecs.py [--rounds N]`.

The payload is a `FineTune` of specs/openai with five events and five files. Hand-written code without a check is 1: a class for each object,
made with its values in their order, and a display of keys. Peers read and write the very classes that fieldgen wrote; those that are not
installed are left out (`pip install '.[peers]'` installs them).
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from kept import REPO, at_least, at_most, report

sys.path.insert(0, str(REPO))
AT_ONCE = 200  # calls between two looks at the clock


class Codec(NamedTuple):
    """How somebody reads a payload and writes an object."""

    read: Callable[[Any], Any]
    write: Callable[[Any], Any]


# --- hand-written -------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Event:
    created_at: float
    level: str
    message: str
    object: str

    @classmethod
    def read(cls, data: dict[str, Any]) -> Event:
        return cls(data["created_at"], data["level"], data["message"], data["object"])

    def write(self) -> dict[str, Any]:
        return {
            "created_at": self.created_at,
            "level": self.level,
            "message": self.message,
            "object": self.object,
        }


@dataclass(slots=True)
class Hyperparams:
    batch_size: float
    classes: float | None
    positive_class: str | None
    metrics: bool | None
    rate: float
    n_epochs: float
    loss_weight: float

    @classmethod
    def read(cls, data: dict[str, Any]) -> Hyperparams:
        return cls(
            data["batch_size"],
            data.get("classification_n_classes"),
            data.get("classification_positive_class"),
            data.get("compute_classification_metrics"),
            data["learning_rate_multiplier"],
            data["n_epochs"],
            data["prompt_loss_weight"],
        )

    def write(self) -> dict[str, Any]:
        data: dict[str, Any] = {"batch_size": self.batch_size}
        if self.classes is not None:
            data["classification_n_classes"] = self.classes
        if self.positive_class is not None:
            data["classification_positive_class"] = self.positive_class
        if self.metrics is not None:
            data["compute_classification_metrics"] = self.metrics
        data["learning_rate_multiplier"] = self.rate
        data["n_epochs"] = self.n_epochs
        data["prompt_loss_weight"] = self.loss_weight
        return data


@dataclass(slots=True)
class File:
    size: float
    created_at: float
    filename: str
    id: str
    object: str
    purpose: str
    status: str | None

    @classmethod
    def read(cls, data: dict[str, Any]) -> File:
        return cls(
            data["bytes"],
            data["created_at"],
            data["filename"],
            data["id"],
            data["object"],
            data["purpose"],
            data.get("status"),
        )

    def write(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "bytes": self.size,
            "created_at": self.created_at,
            "filename": self.filename,
            "id": self.id,
            "object": self.object,
            "purpose": self.purpose,
        }
        if self.status is not None:
            data["status"] = self.status
        return data


@dataclass(slots=True)
class Job:
    created_at: float
    events: list[Event] | None
    fine_tuned_model: str
    hyperparams: Hyperparams
    id: str
    model: str
    object: str
    organization_id: str
    result_files: list[File]
    status: str
    training_files: list[File]
    updated_at: float
    validation_files: list[File]

    @classmethod
    def read(cls, data: dict[str, Any]) -> Job:
        events = data.get("events")
        return cls(
            data["created_at"],
            None if events is None else [Event.read(item) for item in events],
            data["fine_tuned_model"],
            Hyperparams.read(data["hyperparams"]),
            data["id"],
            data["model"],
            data["object"],
            data["organization_id"],
            [File.read(item) for item in data["result_files"]],
            data["status"],
            [File.read(item) for item in data["training_files"]],
            data["updated_at"],
            [File.read(item) for item in data["validation_files"]],
        )

    def write(self) -> dict[str, Any]:
        data: dict[str, Any] = {"created_at": self.created_at}
        if self.events is not None:
            data["events"] = [item.write() for item in self.events]
        data["fine_tuned_model"] = self.fine_tuned_model
        data["hyperparams"] = self.hyperparams.write()
        data["id"] = self.id
        data["model"] = self.model
        data["object"] = self.object
        data["organization_id"] = self.organization_id
        data["result_files"] = [item.write() for item in self.result_files]
        data["status"] = self.status
        data["training_files"] = [item.write() for item in self.training_files]
        data["updated_at"] = self.updated_at
        data["validation_files"] = [item.write() for item in self.validation_files]
        return data


# --- the payload and who reads it ---------------------------------------------------------------------------------------------


def payload() -> dict[str, Any]:
    files = [
        {
            "bytes": 140.5,
            "created_at": 1613779121.0,
            "filename": f"mydata-{number}.jsonl",
            "id": f"file-{number}",
            "object": "file",
            "purpose": "fine-tune",
            "status": "processed",
        }
        for number in range(5)
    ]
    return {
        "created_at": 1614807352.0,
        "events": [
            {
                "created_at": 1614807356.0 + number,
                "level": "info",
                "message": f"Step {number} is done.",
                "object": "fine-tune-event",
            }
            for number in range(5)
        ],
        "fine_tuned_model": "curie:ft-acmeco-2021-03-03-21-44-20",
        "hyperparams": {
            "batch_size": 4.0,
            "learning_rate_multiplier": 0.1,
            "n_epochs": 4.0,
            "prompt_loss_weight": 0.1,
        },
        "id": "ft-AF1WoRqd3aJAHsqc9NY7iL8F",
        "model": "curie",
        "object": "fine-tune",
        "organization_id": "org-123",
        "result_files": files[:1],
        "status": "succeeded",
        "training_files": files[1:3],
        "updated_at": 1614807865.0,
        "validation_files": files[3:],
    }


def generated(folder: Path, layout: str) -> ModuleType:
    """The module or package that fieldgen writes for specs/openai, imported."""
    import generator

    keys = generator.Options(wire_names="snake")  # peers know no other keys
    schema = generator.load(REPO / "specs" / "openai", keys).schema
    options = generator.Options(targets=("dataclass",), layout=layout)
    for name, text in generator.generate(schema, options).items():
        path = folder / layout / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    path = folder / layout / "models.py"
    inner = None
    if layout == "package":
        path, inner = path.with_suffix("") / "__init__.py", [str(path.with_suffix(""))]
    spec = importlib.util.spec_from_file_location(
        f"models_{layout}", path, submodule_search_locations=inner
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def peers(model: Any) -> dict[str, Codec]:
    """The peers that are installed, each as fast as it is without giving up its checks."""
    found: dict[str, Codec] = {}
    with suppress(ImportError):
        from pydantic import TypeAdapter

        adapter = TypeAdapter(model)
        found["pydantic"] = Codec(adapter.validate_python, adapter.dump_python)
    with suppress(ImportError):
        from adaptix import Retort

        retort = Retort()
        found["adaptix"] = Codec(retort.get_loader(model), retort.get_dumper(model))
    with suppress(ImportError):
        from mashumaro.codecs import BasicDecoder, BasicEncoder

        found["mashumaro"] = Codec(
            BasicDecoder(model).decode, BasicEncoder(model).encode
        )
    with suppress(ImportError):
        from cattrs import Converter

        converter = Converter()
        structure = converter.get_structure_hook(model)
        found["cattrs"] = Codec(
            lambda data: structure(data, model), converter.get_unstructure_hook(model)
        )
    with suppress(ImportError):
        import msgspec

        found["msgspec"] = Codec(
            lambda data: msgspec.convert(data, model), msgspec.to_builtins
        )
    return found


def seconds(function: Callable[[Any], Any], value: Any) -> float:
    """The processor time of one call: other work on the machine does not count."""
    start = time.process_time()
    for _ in range(AT_ONCE):
        function(value)
    return (time.process_time() - start) / AT_ONCE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60)
    flags = parser.parse_args()
    data = payload()
    with tempfile.TemporaryDirectory() as folder:
        one, many = (generated(Path(folder), each) for each in ("module", "package"))
        codecs = {
            "hand-written": Codec(Job.read, Job.write),
            "fieldgen": Codec(one.FineTune.from_dict, one.FineTune.to_dict),
            "fieldgen, package": Codec(many.FineTune.from_dict, many.FineTune.to_dict),
            **peers(one.FineTune),
        }
        objects = {name: codec.read(data) for name, codec in codecs.items()}
        assert objects["fieldgen"].to_dict() == Job.read(data).write() == data
    taken: dict[str, list[list[float]]] = {name: [[], []] for name in codecs}
    for _ in range(flags.rounds):  # in turn, so that a busy moment meets all of them
        for name, codec in codecs.items():
            taken[name][0].append(seconds(codec.read, data))
            taken[name][1].append(seconds(codec.write, objects[name]))
    least = {name: [min(each) for each in both] for name, both in taken.items()}
    rows = {name: row(name, least[name], least["hand-written"]) for name in least}
    report("codecs", {**rows, "goals": goals(least)})


def goals(least: dict[str, list[float]]) -> dict[str, Any]:
    """Close to what people write, and ahead of peers that are written in Python or check what they read."""
    ours, base = least["fieldgen"], least["hand-written"]
    found = {
        "times hand-written: read": at_most(round(ours[0] / base[0], 2), 1.6),
        "times hand-written: write": at_most(round(ours[1] / base[1], 2), 1.2),
    }
    for name in ("adaptix", "cattrs", "mashumaro", "pydantic"):
        if name in least:
            ratios = [took / own for took, own in zip(least[name], ours, strict=True)]
            found[f"times ahead of {name}"] = at_least(round(min(ratios), 2), 1)
    return found


def row(name: str, took: list[float], base: list[float]) -> dict[str, Any]:
    """Microseconds, and how many times those of hand-written code, of reading and of writing."""
    found: dict[str, Any] = {
        way: {"µs": round(own * 1e6, 2), "times hand-written": round(own / other, 2)}
        for way, own, other in zip(("read", "write"), took, base, strict=True)
    }
    with suppress(PackageNotFoundError):
        found["version"] = version(name)
    return found


if __name__ == "__main__":
    main()
