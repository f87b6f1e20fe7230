from absl import app, flags

flags.DEFINE_float("learning_rate", 1e-3, "The rate.", lower_bound=0)
flags.DEFINE_enum("optimizer", "sgd", ["sgd", "adam"], "Which.")
flags.DEFINE_bool("nesterov", True, "With lookahead.")
flags.DEFINE_string("workdir", None, "Where to write.")
flags.mark_flag_as_required("workdir")
