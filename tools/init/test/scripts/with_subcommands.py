import argparse


def shared():
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument("--width", type=int, default=64)
    return parser


def optimizer_options(parser):
    group = parser.add_argument_group("optimizer")
    group.add_argument("--lr", type=float, required=True)
    group.add_argument("--nesterov", type=str2bool, default=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=0)
    commands = parser.add_subparsers(dest="command", required=True)
    train = commands.add_parser("train", parents=[shared()])
    optimizer_options(train)
    evaluate = commands.add_parser("evaluate", parents=[shared()])
    evaluate.add_argument("checkpoint")
    data = commands.add_parser("data").add_subparsers()
    fetch = data.add_parser("fetch")
    fetch.add_argument("--mirror", default="none")
    parser.parse_args()
