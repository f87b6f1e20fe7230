from .defaults import RATE


def add_optimizer(parser):
    parser.add_argument("--lr", type=float, default=RATE)


def add_data(parser):
    parser.add_argument("--folder", default="data")
