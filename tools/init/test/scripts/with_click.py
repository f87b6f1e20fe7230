import click


@click.command()
@click.option("--lr", default=3e-4, help="learning rate")
@click.option("--optimizer", type=click.Choice(["adam", "sgd"]), default="adam")
@click.option("--dropout", type=click.FloatRange(0, 0.9), default=0.1)
@click.option("--nesterov/--no-nesterov", default=False)
@click.option("--amp", is_flag=True)
@click.option("--batch-size", "-b", "bs", default=64)
@click.option("--epochs", type=int, default=5)
@click.argument("data")
def main(lr, optimizer, dropout, nesterov, amp, bs, epochs, data):
    pass


main()
