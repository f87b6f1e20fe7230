from enum import Enum
from typing import Annotated, Literal, Optional

import typer


class Activation(str, Enum):
    relu = "relu"
    gelu = "gelu"


def main(
    lr: float = 0.1,
    beta2: Annotated[float, typer.Option("--b2", help="second moment", min=0, max=1)] = 0.999,
    width: int = typer.Option(64, "--width", "-w"),
    layers: int = 2,
    activation: Activation = Activation.relu,
    schedule: Literal["constant", "cosine"] = "constant",
    use_dropout: bool = False,
    dropout_rate: float = 0.2,
    steps: int = 100,
    tags: Optional[list[str]] = None,
    device: Literal["cpu", "cuda"] = "cpu",
):
    pass


if __name__ == "__main__":
    typer.run(main)
