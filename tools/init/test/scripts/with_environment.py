import os
from os import environ, getenv

import click
import tanren

CACHE = "CACHE"


@click.command()
@click.option("--lr", default=0.1, envvar="LR")
def main(lr):
    data = os.environ["DATA_ROOT"]
    names = {"cache": os.environ.get(CACHE, "x"), "mode": os.getenv("MODE"), "more": environ["MORE"], "one": getenv("ONE")}
    os.environ["WRITTEN"] = "1"
    computed = os.environ["A" + data]
    trial = tanren.trial(max_train_steps=10)
    tanren.started("seeds", "cadence")
    print(names.get("cache"), computed, trial.max_train_steps, tanren.params({"lr": lr}))


main()
