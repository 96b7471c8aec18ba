#include "rhoam/tests/golden/golden_optim.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "rhoam/optim/recipes.h"

namespace rhoam::golden {
namespace {

using nlohmann::json;
using optim::OptimizerConfig;
using Vector = std::vector<double>;

/// A constructor argument of the reference libraries.
struct Option {
  const char* name;
  void (*set)(OptimizerConfig&, const json&);
};

constexpr Option kOptions[] = {
    {"lr", [](OptimizerConfig& c, const json& x) { c.lr = x.get<double>(); }},
    {"alpha", [](OptimizerConfig& c, const json& x) { c.rho = x.get<double>(); }},
    {"eps", [](OptimizerConfig& c, const json& x) { c.eps = x.get<double>(); }},
    {"weight_decay", [](OptimizerConfig& c, const json& x) { c.weight_decay = x.get<double>(); }},
    {"momentum", [](OptimizerConfig& c, const json& x) { c.momentum = x.get<double>(); }},
    {"centered", [](OptimizerConfig& c, const json& x) { c.centered = x.get<bool>(); }},
    {"maximize", [](OptimizerConfig& c, const json& x) { c.maximize = x.get<bool>(); }},
    {"lr_decay", [](OptimizerConfig& c, const json& x) { c.lr_decay = x.get<double>(); }},
    {"initial_accumulator_value", [](OptimizerConfig& c, const json& x) { c.first_v = x.get<double>(); }},
    {"amsgrad", [](OptimizerConfig& c, const json& x) { c.amsgrad = x.get<bool>(); }},
    {"dampening", [](OptimizerConfig& c, const json& x) { c.dampening = x.get<double>(); }},
    {"nesterov", [](OptimizerConfig& c, const json& x) { c.nesterov = x.get<bool>(); }},
    {"betas",
     [](OptimizerConfig& c, const json& x) {
       c.beta1 = x.at(0).get<double>();
       c.rho = x.at(1).get<double>();
     }},
    // How PyTorch computes, not what.
    {"foreach", [](OptimizerConfig&, const json&) {}},
    {"capturable", [](OptimizerConfig&, const json&) {}},
    {"differentiable", [](OptimizerConfig&, const json&) {}},
    {"fused", [](OptimizerConfig&, const json&) {}},
};

/// A class of the reference libraries: its defaults as ours, and the arguments it has beyond lr and those of
/// every class.
struct Reference {
  const char* name;
  OptimizerConfig defaults;
  std::vector<std::string> options;
};

std::vector<Reference> references() {
  using Form = optim::MomentumForm;
  return {
      {"RMSprop", {.dialect = "torch", .lr = 0.01}, {"alpha", "eps", "momentum", "centered"}},
      // Its accumulator is TensorFlow 1's, its momentum PyTorch's.
      {"RMSpropTFLike",
       {.dialect = "tf1", .lr = 0.01, .rho = 0.99, .eps = 1e-8, .momentum_form = Form::heavy_ball},
       {"alpha", "eps", "momentum", "centered"}},
      {"Adagrad", {.recipe = "adagrad", .lr = 0.01}, {"eps", "lr_decay", "initial_accumulator_value"}},
      {"Adam", {.recipe = "adam", .lr = 1e-3}, {"betas", "eps", "amsgrad"}},
      {"AdamW", {.recipe = "adamw", .lr = 1e-3}, {"betas", "eps", "amsgrad"}},
      {"SGD", {.recipe = "sgd"}, {"momentum", "dampening", "nesterov"}},
  };
}

const std::vector<std::string> kCommon = {"lr",         "weight_decay", "maximize",      "foreach",
                                          "capturable", "fused",        "differentiable"};

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

OptimizerConfig configure(const json& test) {
  const auto known = references();
  const auto name = test.at("optimizer").get<std::string>();
  const auto reference = std::ranges::find(known, name, &Reference::name);
  if (reference == known.end()) throw std::runtime_error("unknown optimizer '" + name + "'");
  OptimizerConfig config = reference->defaults;
  for (const auto& [option, value] : test.at("options").items()) {
    if (!holds(kCommon, option) && !holds(reference->options, option))
      throw std::runtime_error(fmt::format("unknown option '{}' of {}", option, name));
    std::ranges::find(kOptions, option, &Option::name)->set(config, value);
  }
  return config;
}

/// What every case of a file shares.
struct Stream {
  Vector theta0;
  std::vector<Vector> gradients;  // [steps, parameters]
  std::vector<std::size_t> recorded_steps;
};

Stream read_stream(const json& file) {
  Stream stream{file.at("theta0").get<Vector>(), file.at("gradients").get<std::vector<Vector>>(),
                file.at("recorded_steps").get<std::vector<std::size_t>>()};
  for (const Vector& gradient : stream.gradients)
    if (gradient.size() != stream.theta0.size())
      throw std::runtime_error("a gradient is of another length than theta0");
  for (std::size_t i = 0; i < stream.recorded_steps.size(); ++i)
    if (stream.recorded_steps[i] >= stream.gradients.size() ||
        (i > 0 && stream.recorded_steps[i] <= stream.recorded_steps[i - 1]))
      throw std::runtime_error("recorded_steps do not rise within the gradients");
  if (stream.recorded_steps.empty() || stream.theta0.empty())
    throw std::runtime_error("nothing was recorded");
  return stream;
}

/// θ after every step, [steps, parameters].
template <class Scalar>
std::vector<Vector> replay(const OptimizerConfig& config, const Stream& stream) {
  std::vector<Scalar> theta(stream.theta0.begin(), stream.theta0.end());
  const auto optimizer = optim::make_optimizer<Scalar>(config, theta.size());
  std::vector<Vector> path;
  for (const Vector& exact : stream.gradients) {
    const std::vector<Scalar> gradient(exact.begin(), exact.end());
    optimizer->step(theta, gradient, {.updates = static_cast<std::int64_t>(path.size())});
    path.emplace_back(theta.begin(), theta.end());
  }
  return path;
}

/// Σ|Δθ| of one parameter up to and including step t.
double travelled(const Stream& stream, const std::vector<Vector>& path, std::size_t t,
                 std::size_t parameter) {
  double sum = std::abs(path[0][parameter] - stream.theta0[parameter]);
  for (std::size_t s = 1; s <= t; ++s) sum += std::abs(path[s][parameter] - path[s - 1][parameter]);
  return sum;
}

/// The worst error as a fraction of its tolerance, and whose it was. NaN counts as infinite.
struct Worst {
  double fraction = 0;
  std::string name;
  void take(double error, double tolerance, const std::string& test) {
    const double ratio = error <= tolerance * 1e300 ? error / tolerance : INFINITY;
    if (ratio > fraction || name.empty()) *this = {ratio, test};
  }
};

void judge(const json& test, const Stream& stream, Worst& in_double, Worst& in_float) {
  const auto name = test.at("name").get<std::string>();
  const auto config = configure(test);
  const auto expected = test.at("theta").get<std::vector<Vector>>();
  if (expected.size() != stream.recorded_steps.size())
    throw std::runtime_error("theta misses recorded steps");
  const auto exact = replay<double>(config, stream), rounded = replay<float>(config, stream);
  for (std::size_t r = 0; r < expected.size(); ++r) {
    const std::size_t t = stream.recorded_steps[r];
    for (std::size_t i = 0; i < stream.theta0.size(); ++i) {
      const double reference = expected[r].at(i), scale = std::max(1.0, std::abs(reference));
      const double rounding =
          static_cast<double>(t + 2) * 0x1p-24 * std::max(scale, std::abs(stream.theta0[i]));
      in_double.take(std::abs(exact[t][i] - reference), 1e-12 * scale, name);
      in_float.take(std::abs(rounded[t][i] - reference), 1e-4 * travelled(stream, exact, t, i) + rounding,
                    name);
    }
  }
}

FileReport judge_all(const json& file) {
  const Stream stream = read_stream(file);
  const json& cases = file.at("cases");
  if (cases.empty()) return {false, "holds no cases"};
  Worst in_double, in_float;
  for (const json& test : cases) {
    try {
      judge(test, stream, in_double, in_float);
    } catch (const std::exception& error) {
      return {false, fmt::format("case '{}': {}", test.value("name", "?"), error.what())};
    }
  }
  return {in_double.fraction <= 1 && in_float.fraction <= 1,
          fmt::format("{} optimizers, worst error / tolerance: double {:.2g} ({}), float {:.2g} ({})",
                      cases.size(), in_double.fraction, in_double.name, in_float.fraction, in_float.name)};
}

}  // namespace

FileReport check_optimizer_paths(const json& file) {
  try {
    return judge_all(file);
  } catch (const std::exception& error) {
    return {false, fmt::format("malformed: {}", error.what())};
  }
}

}  // namespace rhoam::golden
