"""An optimiser of somebody else, asked and told over JSON lines.

Line 1 of standard input: {"method", "seed", "space": hyperparameters in Tanren's form}. Then, for each line
{"ask": true}, a point is printed; for each {"tell": value or null} the last point's result is taken (null: the trial
diverged). {"given": points, "values": values} stands before the first ask. Smaller is better. CPU seconds that the optimiser itself has spent so far come with every point.

How a diverged trial is passed on: "failed" methods report it as failed, as most users would; "constraint" methods pass
a yes/no constraint by hand, with the worst value seen so far.
"""
import json
import math
import sys
import time
import warnings

warnings.filterwarnings("ignore")


def active(parameter, point):
    return all(point.get(name) in values for name, values in parameter.get("when", {}).items())


def choices(parameter):
    return [False, True] if parameter["type"] == "boolean" else parameter["values"]


class Optuna:
    def __init__(self, method, seed, space):
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self.optuna, self.space = optuna, space
        self.constrained = method.endswith("-constraint")
        constraints = (lambda trial: trial.user_attrs["violated"]) if self.constrained else None
        gp = method.startswith("optuna-gp")
        kind = optuna.samplers.GPSampler if gp else optuna.samplers.TPESampler
        options = {"seed": seed, "constraints_func": constraints} if constraints else {"seed": seed}
        if not gp:
            options["multivariate"] = False
        self.study = optuna.create_study(sampler=kind(**options))
        self.worst = 0.0

    def ask(self):
        self.trial = self.study.ask()
        point = {}
        for parameter in self.space:
            if active(parameter, point):
                point[parameter["name"]] = self.suggest(parameter)
        return point

    def suggest(self, parameter):
        name, kind, scale = parameter["name"], parameter["type"], parameter.get("scale", "linear")
        if kind == "int":
            return self.trial.suggest_int(name, parameter["low"], parameter["high"], log=scale == "log")
        if kind == "float" and scale == "reverse_log":
            # What people write for a momentum: 1 - x on a log scale.
            return 1 - self.trial.suggest_float(f"1-{name}", 1 - parameter["high"], 1 - parameter["low"], log=True)
        if kind == "float":
            return self.trial.suggest_float(name, parameter["low"], parameter["high"], log=scale == "log")
        if kind == "discrete":
            # Neighbours are alike: the index of the value, as an Optuna user with powers of two would write it.
            return parameter["values"][self.trial.suggest_int(f"{name}-index", 0, len(parameter["values"]) - 1)]
        return self.trial.suggest_categorical(name, choices(parameter))

    def given(self, points, values):
        """Results that are there before the first point is asked for; of numbers on a linear scale alone."""
        for point, value in zip(points, values):
            ranges = {
                p["name"]: self.optuna.distributions.FloatDistribution(p["low"], p["high"]) for p in self.space
            }
            trial = self.optuna.trial.create_trial(params=point, distributions=ranges, value=value)
            self.study.add_trial(trial)

    def tell(self, value):
        if value is not None:
            self.worst = value if not self.study.trials[:-1] else max(self.worst, value)
        if self.constrained:
            self.trial.set_user_attr("violated", [1.0 if value is None else -1.0])
            self.study.tell(self.trial, self.worst if value is None else value)
        elif value is None:
            self.study.tell(self.trial, state=self.optuna.trial.TrialState.FAIL)
        else:
            self.study.tell(self.trial, value)


class Cube:
    """Numeric spaces as the unit cube, for libraries that work there."""

    def __init__(self, space):
        for parameter in space:
            if parameter["type"] not in ("float", "int") or parameter.get("when"):
                raise SystemExit("not for this space")
        self.space = space

    def point(self, unit):
        return {p["name"]: self.value(p, min(1.0, max(0.0, float(u)))) for p, u in zip(self.space, unit)}

    @staticmethod
    def value(p, u):
        low, high, scale = p["low"], p["high"], p.get("scale", "linear")
        if scale == "log":
            x = math.exp(math.log(low) + u * (math.log(high) - math.log(low)))
        elif scale == "reverse_log":
            x = 1 - math.exp(math.log(1 - low) + u * (math.log(1 - high) - math.log(1 - low)))
        else:
            x = low + u * (high - low)
        x = min(max(x, low), high)
        return round(x) if p["type"] == "int" else x


class BoTorch:
    """The library's first example: a Sobol start of 2 d + 2, SingleTaskGP, LogEI; the worst value for a diverged trial."""

    def __init__(self, method, seed, space):
        import torch
        from torch.quasirandom import SobolEngine

        self.cube, self.torch = Cube(space), torch
        torch.manual_seed(seed)
        torch.set_num_threads(1)
        self.dimensions = len(space)
        self.sobol = SobolEngine(self.dimensions, scramble=True, seed=seed)
        self.x, self.y = [], []

    def ask(self):
        torch = self.torch
        if len(self.y) < 2 * self.dimensions + 2 or all(v is None for v in self.y):
            unit = self.sobol.draw(1)[0].double()
        else:
            from botorch.acquisition.analytic import LogExpectedImprovement
            from botorch.fit import fit_gpytorch_mll
            from botorch.models import SingleTaskGP
            from botorch.models.transforms import Standardize
            from botorch.optim import optimize_acqf
            from gpytorch.mlls import ExactMarginalLogLikelihood

            known = [v for v in self.y if v is not None]
            y = torch.tensor([[-(max(known) if v is None else v)] for v in self.y], dtype=torch.double)
            model = SingleTaskGP(torch.stack(self.x), y, outcome_transform=Standardize(m=1))
            fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
            bounds = torch.stack([torch.zeros(self.dimensions), torch.ones(self.dimensions)]).double()
            acquisition = LogExpectedImprovement(model, best_f=y.max())
            unit = optimize_acqf(acquisition, bounds=bounds, q=1, num_restarts=10, raw_samples=512)[0][0]
        self.x.append(unit)
        return self.cube.point(unit)

    def tell(self, value):
        self.y.append(value)


class Ax:
    def __init__(self, method, seed, space):
        import logging

        logging.disable(logging.CRITICAL)
        from ax.api.client import Client
        from ax.api.configs import ChoiceParameterConfig, RangeParameterConfig

        if any(p.get("when") for p in space):
            raise SystemExit("not for this space")
        self.reverse, parameters = [], []
        for p in space:
            scale = p.get("scale", "linear")
            if p["type"] in ("float", "int"):
                low, high, name = p["low"], p["high"], p["name"]
                if scale == "reverse_log":
                    self.reverse.append(name)
                    low, high = 1 - p["high"], 1 - p["low"]
                parameters.append(
                    RangeParameterConfig(
                        name=name, parameter_type=p["type"], bounds=(low, high), scaling="linear" if scale == "linear" else "log"
                    )
                )
            else:
                values = choices(p)
                kind = "bool" if p["type"] == "boolean" else ("str" if isinstance(values[0], str) else "int")
                parameters.append(
                    ChoiceParameterConfig(name=p["name"], parameter_type=kind, values=values, is_ordered=p["type"] == "discrete")
                )
        self.client = Client(random_seed=seed)
        self.client.configure_experiment(parameters=parameters)
        self.constrained = method.endswith("-constraint")
        if self.constrained:
            self.client.configure_optimization(objective="-y", outcome_constraints=["violated <= 0"])
        else:
            self.client.configure_optimization(objective="-y")
        self.worst = 0.0

    def ask(self):
        ((self.index, point),) = self.client.get_next_trials(max_trials=1).items()
        return {name: 1 - value if name in self.reverse else value for name, value in point.items()}

    def tell(self, value):
        if value is not None:
            self.worst = max(self.worst, value)
        if self.constrained:
            y = self.worst if value is None else value
            self.client.complete_trial(self.index, raw_data={"y": y, "violated": 1.0 if value is None else -1.0})
        elif value is None:
            self.client.mark_trial_failed(self.index)
        else:
            self.client.complete_trial(self.index, raw_data={"y": value})


class Vizier:
    def __init__(self, method, seed, space):
        import jax
        from vizier import pyvizier as vz
        from vizier.algorithms import designers
        from vizier.algorithms import core

        problem = vz.ProblemStatement()
        root = problem.search_space.root
        self.reverse = []
        for p in space:
            if p.get("when"):
                raise SystemExit("not for this space")
            scale = p.get("scale", "linear")
            low, high = p.get("low"), p.get("high")
            if scale == "reverse_log":
                self.reverse.append(p["name"])
                low, high = 1 - p["high"], 1 - p["low"]
            kind = vz.ScaleType.LINEAR if scale == "linear" else vz.ScaleType.LOG
            if p["type"] == "float":
                root.add_float_param(p["name"], low, high, scale_type=kind)
            elif p["type"] == "int":
                root.add_int_param(p["name"], low, high, scale_type=kind)
            elif p["type"] == "discrete":
                root.add_discrete_param(p["name"], p["values"])
            else:
                root.add_categorical_param(p["name"], [str(v) for v in choices(p)])
        self.space = {p["name"]: p for p in space}
        problem.metric_information.append(vz.MetricInformation("y", goal=vz.ObjectiveMetricGoal.MINIMIZE))
        self.vz, self.core, self.count = vz, core, 0
        self.designer = designers.VizierGPUCBPEBandit(problem, rng=jax.random.PRNGKey(seed))

    def ask(self):
        (suggestion,) = self.designer.suggest(1)
        self.count += 1
        self.trial = suggestion.to_trial(self.count)
        point = {}
        for name, value in self.trial.parameters.as_dict().items():
            parameter = self.space[name]
            if parameter["type"] in ("categorical", "boolean"):
                value = next(v for v in choices(parameter) if str(v) == str(value))
            point[name] = 1 - value if name in self.reverse else value
        return point

    def tell(self, value):
        vz = self.vz
        if value is None:
            self.trial.complete(vz.Measurement(), infeasibility_reason="diverged")
        else:
            self.trial.complete(vz.Measurement(metrics={"y": value}))
        self.designer.update(self.core.CompletedTrials([self.trial]), self.core.ActiveTrials())


KINDS = {"optuna": Optuna, "botorch": BoTorch, "ax": Ax, "vizier": Vizier}


def main():
    start = json.loads(sys.stdin.readline())
    peer = KINDS[start["method"].split("-")[0]](start["method"], start["seed"], start["space"])
    spent = 0.0
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        message = json.loads(line)
        began = time.process_time()
        if "given" in message:
            peer.given(message["given"], message["values"])
        elif "tell" in message:
            peer.tell(message["tell"])
            spent += time.process_time() - began
        else:
            point = peer.ask()
            spent += time.process_time() - began
            print(json.dumps({"point": point, "seconds": spent}), flush=True)


if __name__ == "__main__":
    main()
