from typing import Annotated, Optional

import typer

app = typer.Typer()


@app.command()
def train(
    ctx: typer.Context,
    lr: Annotated[float, typer.Option(help="learning rate", min=0.0)] = 1e-3,
    norm: Annotated[bool, typer.Option("--batch-norm/--no-batch-norm")] = True,
    seed: Annotated[Optional[int], typer.Option(help="random seed")] = None,
    width: "int | None" = 64,
): ...


@app.command()
def evaluate(checkpoint: str): ...
