"""A Python script and the modules beside it as a syntax tree: names, literals, calls. Nothing of it is imported or run."""

import ast
import operator

from local_modules import merged

COMPUTED = object()
SIMPLE = {"float", "int", "str", "bool"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def called(node):
    """The last name of what a call calls: `add_argument` of `parser.add_argument(...)`."""
    function = node.func if isinstance(node, ast.Call) else node
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def keywords(call):
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}


def text(value):
    return value if isinstance(value, str) else ""


def long_name(names):
    return next((name for name in names if name.startswith("--")), names[0])


def listed(values):
    if not isinstance(values, list):
        return None
    return [value for value in values if isinstance(value, (str, int, float, bool))] or None


def bound(value):
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def defaulted(default):
    """How a default is told: as the literal that it is, or as one that is known only when the script runs."""
    computed = default is COMPUTED
    simple = isinstance(default, (int, float, str, bool)) and not (isinstance(default, float) and default != default)
    return {"default": default if simple and not computed else None, "computed": computed}


def option(name, flag, kind, default, **more):
    """`command`: the words of the subcommand that it belongs to, none where it is the program's own."""
    return {
        "name": name, "flag": flag, "command": [], "kind": kind, **defaulted(default),
        "choices": None, "low": None, "high": None, "on": None, "off": None,
        "required": False, "several": False, "help": "", **more,
    }


# `4 * 64`, `2 ** 8`, `1 / 255`.
ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv, ast.Pow: operator.pow}


def calculated(sign, left, right):
    if isinstance(sign, ast.Pow) and max(abs(left), abs(right)) > 1000:
        return COMPUTED
    try:
        found = ARITHMETIC[type(sign)](left, right)
    except (ArithmeticError, ValueError):
        return COMPUTED
    return found if is_number(found) else COMPUTED


class Script:
    def __init__(self, path):
        self.tree = merged(path)
        self.path = path
        self.constants = {}
        self.enums = {}
        self.functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, FUNCTIONS)}
        self.classes = {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef)}
        self.within = {}
        for function in self.functions.values():
            for node in ast.walk(function):
                self.within.setdefault(node, function)
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                value = self.value(node.value)
                if value is not COMPUTED:
                    self.constants[node.targets[0].id] = value
            if isinstance(node, ast.ClassDef) and any("Enum" in called(base) for base in node.bases):
                members = [self.value(item.value) for item in node.body if isinstance(item, ast.Assign)]
                self.enums[node.name] = [member for member in members if isinstance(member, (str, int))]
        self.modules = {
            name.split(".")[0]
            for node in ast.walk(self.tree)
            for name in (
                [alias.name for alias in node.names] if isinstance(node, ast.Import)
                else [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            )
        }

    def value(self, node):
        """A literal, or a name that the module gives a literal to; COMPUTED for anything else."""
        if node is None:
            return None
        if isinstance(node, ast.Name):
            return self.constants.get(node.id, COMPUTED)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in self.enums:
            return self.member(node.value.id, node.attr)
        if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
            left, right = self.value(node.left), self.value(node.right)
            return calculated(node.op, left, right) if is_number(left) and is_number(right) else COMPUTED
        try:
            found = ast.literal_eval(node)
        except (ValueError, TypeError, SyntaxError):
            return COMPUTED
        return list(found) if isinstance(found, (tuple, set)) else found

    def member(self, enum, name):
        for item in self.classes[enum].body:
            if isinstance(item, ast.Assign) and getattr(item.targets[0], "id", None) == name:
                return self.value(item.value)
        return COMPUTED

    def calls(self, *names):
        """In the order of the script."""
        found = [node for node in ast.walk(self.tree) if isinstance(node, ast.Call) and called(node) in names]
        return sorted(found, key=lambda node: (node.lineno, node.col_offset))

    def parameters(self, function):
        """(name, annotation, default) of each parameter of a function; the default is None where there is none."""
        given = function.args
        plain = given.posonlyargs + given.args
        defaults = [None] * (len(plain) - len(given.defaults)) + given.defaults
        for parameter, node in zip(plain + given.kwonlyargs, defaults + given.kw_defaults):
            yield parameter.arg, parameter.annotation, node
