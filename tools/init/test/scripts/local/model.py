import argparse


class Net:
    @staticmethod
    def add_arguments(parent):
        parser = argparse.ArgumentParser(parents=[parent], add_help=False)
        parser.add_argument("--width", type=int, default=32)
        return parser


if __name__ == "__main__":
    alone = argparse.ArgumentParser()
    alone.add_argument("--self-test", action="store_true")
