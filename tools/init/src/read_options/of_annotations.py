"""Parameters and fields that are declared by their annotations: kinds, choices, `Annotated`, `Optional`."""

import ast

from source import FUNCTIONS, called, listed


def unwrapped(annotation):
    """(the type itself, what `Annotated` adds): `float` of `Optional[float]`, of `float | None`, of `"float"`."""
    marks = []
    while annotation is not None:
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            try:
                annotation = ast.parse(annotation.value, mode="eval").body
            except SyntaxError:
                return None, marks
        elif isinstance(annotation, ast.Subscript) and called(annotation.value) == "Annotated":
            marks += annotation.slice.elts[1:]
            annotation = annotation.slice.elts[0]
        elif isinstance(annotation, ast.Subscript) and called(annotation.value) == "Optional":
            annotation = annotation.slice
        elif isinstance(annotation, ast.BinOp) and isinstance(annotation.right, ast.Constant) and annotation.right.value is None:
            annotation = annotation.left
        else:
            break
    return annotation, marks


def kind_of(script, annotation):
    """(kind, choices, several) of an unwrapped annotation."""
    if isinstance(annotation, ast.Subscript):
        if called(annotation.value) != "Literal":
            return "str", None, True
        values = script.value(annotation.slice)
        return "str", listed(values if isinstance(values, list) else [values]), False
    name = called(annotation) if annotation is not None else "str"
    if name in script.enums:
        return "str", listed(script.enums[name]), False
    return (name if name in ("float", "int", "str", "bool") else "other"), None, False


def fields_of(script, name):
    """(name, annotation, the default's node, keywords of `field(...)`) of a dataclass, its bases' fields first."""
    node = script.classes.get(name)
    if node is None:
        return
    for base in node.bases:
        yield from fields_of(script, called(base))
    for item in node.body:
        if isinstance(item, ast.AnnAssign) and isinstance(item.target, ast.Name) and called(item.annotation) != "ClassVar":
            given = {}
            default = item.value
            if isinstance(default, ast.Call) and called(default) == "field":
                given = {keyword.arg: keyword.value for keyword in default.keywords if keyword.arg}
                default = given.get("default", given.get("default_factory"))
            yield item.target.id, item.annotation, default, given


def methods_of(node):
    return [item for item in node.body if isinstance(item, FUNCTIONS)]
