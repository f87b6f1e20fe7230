import click


def common(command):
    return click.option("--width", default=64)(command)


@click.group()
@click.option("--seed", default=0)
def cli(seed): ...


@cli.command()
@common
@click.option("--lr", default=0.1, envvar="LR")
@click.option("-v", "--verbose", count=True)
def train_model(lr, width, verbose): ...


@cli.command("eval")
@click.argument("checkpoint", envvar="CHECKPOINT")
def evaluate(checkpoint): ...
