"""The OpenAPI description, arranged for reading."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator


class Field(NamedTuple):
    name: str
    kind: str
    is_required: bool
    note: str


class Operation(NamedTuple):
    method: str
    path: str
    summary: str
    fields: list[Field]
    statuses: list[str]


class Description(SchemaGenerator):
    """The whole description; it is the same for everybody and changes with the code only, so it is written once a language."""

    def get_schema(self, request: Any = None, public: bool = False) -> Any:  # noqa: FBT001, FBT002  # as it is called
        return described(get_language())


@cache
def described(_language: str | None) -> Any:
    """In the words of this language, which is the one that is active."""
    generator: Any = SchemaGenerator()
    return generator.get_schema(request=None, public=True)


def operations(schema: dict[str, Any]) -> list[tuple[str, list[Operation]]]:
    """Every operation, grouped by the thing it is about (`matters`, `items` …), in the order of the addresses."""
    groups: dict[str, list[Operation]] = {}
    for path, methods in schema["paths"].items():
        thing = path.removeprefix("/api/v1/").split("/")[0]
        for method, operation in methods.items():
            groups.setdefault(thing, []).append(
                Operation(
                    method.upper(),
                    path,
                    str(operation.get("description", "")).strip(),
                    list(_fields(schema, operation)),
                    sorted(operation.get("responses", {})),
                )
            )
    return sorted(groups.items())


def _fields(schema: dict[str, Any], operation: dict[str, Any]) -> Iterator[Field]:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "query":
            kind, note = _kind(parameter["schema"]), parameter.get("description", "")
            yield Field(parameter["name"], kind, is_required=False, note=note)
    content = operation.get("requestBody", {}).get("content", {})
    shape = _resolve(schema, content.get("application/json", {}).get("schema", {}))
    required = set(shape.get("required", []))
    for name, kind in shape.get("properties", {}).items():
        yield Field(name, _kind(kind), name in required, kind.get("description", ""))


def _resolve(schema: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in shape:
        found: dict[str, Any] = schema["components"]["schemas"][shape["$ref"].rsplit("/", 1)[-1]]
        return found
    return shape


def _kind(shape: dict[str, Any]) -> str:
    if "$ref" in shape:
        return str(shape["$ref"].rsplit("/", 1)[-1])
    for part in ("allOf", "oneOf"):
        if part in shape:
            return " | ".join(_kind(option) for option in shape[part])
    kind = str(shape.get("type", ""))
    if kind == "array":
        return f"[{_kind(shape.get('items', {}))}]"
    return f"{kind} ({shape['format']})" if "format" in shape else kind
