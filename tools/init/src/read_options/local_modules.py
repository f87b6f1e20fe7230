"""A script together with what it uses of the modules that lie beside it: options are often declared there."""

import ast
import os

# Far more than a training program keeps its options in.
MOST_FILES = 100


def merged(path):
    """The script's tree, before it what it uses of local modules; line numbers go on from file to file."""
    script = parsed(path)
    files = list(imported(script, os.path.dirname(path), os.path.dirname(path), {os.path.abspath(path)}))
    own = {node.name for node in script.body if isinstance(node, ast.FunctionDef)}
    bodies = [[node for node in file.body if not is_main(node) and getattr(node, "name", "") not in own] for file in files]
    together = [*used(script, bodies), script.body]
    lines = 0
    for body in together:
        for node in body:
            ast.increment_lineno(node, lines)
        lines = max([lines, *(node.end_lineno or 0 for node in body)])
    return ast.Module(body=[node for body in together for node in body], type_ignores=[])


def parsed(path):
    with open(path, encoding="utf-8") as file:
        return ast.parse(file.read(), path)


def imported(tree, root, folder, seen):
    """Trees of the files that a tree imports from the script's folder, deepest first."""
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [(root, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = root if node.level == 0 else os.path.join(folder, *[".."] * (node.level - 1))
            prefix = f"{node.module}." if node.module else ""
            names = [(start, node.module)] if node.module else []
            names += [(start, prefix + alias.name) for alias in node.names]
        for start, name in names:
            place = os.path.join(start, *name.split("."))
            for path in (place + ".py", os.path.join(place, "__init__.py")):
                known = os.path.abspath(path)
                # tanren.py and its callbacks hand on what the script says.
                own = os.path.basename(path).startswith("tanren")
                if own or known in seen or len(seen) > MOST_FILES or not os.path.isfile(path):
                    continue
                seen.add(known)
                try:
                    found = parsed(path)
                except (OSError, SyntaxError, UnicodeDecodeError):
                    continue
                yield from imported(found, root, os.path.dirname(path), seen)
                yield found


def is_main(node):
    """`if __name__ == "__main__":`, which does not run where a module is imported."""
    return isinstance(node, ast.If) and any(isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(node.test))


def used(script, bodies):
    """Of functions and classes those whose names the script reaches; of the rest everything: it runs at the import."""
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    kept = {id(node) for body in bodies for node in body if not isinstance(node, definitions)}
    names = set(named(script.body)) | set(named(node for body in bodies for node in body if id(node) in kept))
    while True:
        more = [node for body in bodies for node in body if id(node) not in kept and node.name in names]
        if not more:
            return [[node for node in body if id(node) in kept] for body in bodies]
        kept |= {id(node) for node in more}
        names |= set(named(more))


def named(nodes):
    for node in nodes:
        for one in ast.walk(node):
            if isinstance(one, ast.Name):
                yield one.id
            elif isinstance(one, ast.Attribute):
                yield one.attr
