import argparse
import os

import nothing_of_the_sort_is_installed

DEFAULT_LR = 3e-4
parser = argparse.ArgumentParser()
group = parser.add_argument_group("training")
group.add_argument("-l", "--learning-rate", dest="lr", type=float, default=DEFAULT_LR, help="the rate")
group.add_argument("--betas", type=float, nargs=2, default=(0.9, 0.999))
group.add_argument("--no-bias", dest="bias", action="store_false")
group.add_argument("--nesterov", action=argparse.BooleanOptionalAction, default=True)
parser.add_argument("--optimizer", choices=("adam", "sgd"), default="adam")
parser.add_argument("--cache", default=os.environ.get("CACHE"))
parser.add_argument("--labels", required=True)
parser.add_argument("folder")
args = parser.parse_args()
nothing_of_the_sort_is_installed.report(1, {"loss": 1})
