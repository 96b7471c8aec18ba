// How an OptimizerConfig presents itself on the command line and in config files.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "core/errors.h"
#include "core/text.h"
#include "optim/recipes.h"

namespace rhoam::optim {
namespace {

/// One option of an optimizer, apart from the object that it sets.
struct Field {
  std::string name, help;
  std::function<void(OptimizerConfig&, const std::string&)> set;
  std::function<std::string(const OptimizerConfig&)> get;
};

/// What stands for "not given: as the dialect or the recipe has it".
const std::string kDefault = "default";

core::Schedule parse(const std::string& name, const std::string& text, const core::Range& range) {
  return Hyper(name, core::Schedule::parse(text), range).schedule();
}

Field field(const std::string& name, core::Schedule OptimizerConfig::*member, const core::Range& range,
            const std::string& help) {
  return {name, help,
          [=](OptimizerConfig& c, const std::string& text) { c.*member = parse(name, text, range); },
          [=](const OptimizerConfig& c) { return (c.*member).to_string(); }};
}

Field field(const std::string& name, bool OptimizerConfig::*member, const std::string& help) {
  return {name, help + ": true or false",
          [=](OptimizerConfig& c, const std::string& text) {
            if (text != "true" && text != "false")
              throw core::UsageError(fmt::format("{} '{}' is neither true nor false", name, text));
            c.*member = text == "true";
          },
          [=](const OptimizerConfig& c) { return std::string(c.*member ? "true" : "false"); }};
}

/// A value that may be left to the dialect.
template <class T>
Field field(const std::string& name, std::optional<T> OptimizerConfig::*member,
            std::function<T(const std::string&)> from, std::function<std::string(const T&)> to,
            const std::string& help) {
  return {name, help,
          [=](OptimizerConfig& c, const std::string& text) {
            if (text == kDefault)
              c.*member = std::nullopt;
            else
              c.*member = from(text);
          },
          [=](const OptimizerConfig& c) { return c.*member ? to(*(c.*member)) : kDefault; }};
}

Field field(const std::string& name, std::optional<core::Schedule> OptimizerConfig::*member,
            const core::Range& range, const std::string& help) {
  return field<core::Schedule>(
      name, member, [=](const std::string& text) { return parse(name, text, range); },
      [](const core::Schedule& value) { return value.to_string(); }, help);
}

/// An enumeration; `names` in the order of its values.
template <class Enum>
Field field(const std::string& name, std::optional<Enum> OptimizerConfig::*member,
            const std::vector<std::string>& names, const std::string& help) {
  const auto from = [=](const std::string& text) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (text == names[i]) return static_cast<Enum>(i);
    throw core::UsageError(fmt::format("{} '{}' is unknown: allowed are {}{}", name, text, core::join(names),
                                       core::did_you_mean(text, names)));
  };
  return field<Enum>(
      name, member, from, [=](const Enum& value) { return names[static_cast<std::size_t>(value)]; },
      help + ": " + core::join(names));
}

template <class Row>
std::vector<std::string> names(std::span<const Row> table) {
  std::vector<std::string> all;
  for (const Row& row : table) all.emplace_back(row.name);
  return all;
}

/// A name out of a table.
Field field(const std::string& name, std::string OptimizerConfig::*member,
            const std::vector<std::string>& allowed, const std::string& help) {
  return {name, help + ": " + core::join(allowed),
          [=](OptimizerConfig& c, const std::string& text) {
            if (std::ranges::find(allowed, text) == allowed.end())
              throw core::UsageError(fmt::format("{} '{}' is unknown: allowed are {}{}", name, text,
                                                 core::join(allowed), core::did_you_mean(text, allowed)));
            c.*member = text;
          },
          [=](const OptimizerConfig& c) { return c.*member; }};
}

double parse_first_v(const std::string& text) {
  if (const auto value = core::parse_double(text); value && *value >= 0) return *value;
  throw core::UsageError(fmt::format("first-v '{}' is not a number of at least 0", text));
}

std::vector<Field> fields() {
  using C = OptimizerConfig;
  return {
      field("optimizer", &C::recipe, names(recipes()), "recipe"),
      field("dialect", &C::dialect, names(dialects()), "whose rmsprop"),
      field("lr", &C::lr, kNonNegative, "learning rate (every number here may be a schedule)"),
      field<Rho>("rho", &C::rho, parse_rho, &Rho::to_string,
                 "decay of v: 0.99, memory:100, half-life:50updates|20000steps|40episodes"),
      field("eps", &C::eps, kNonNegative, "ε beside the root of v"),
      field<EpsPlace>("eps-place", &C::eps_place, {"outside", "inside"}, "√v + ε or √(v + ε)"),
      field<double>("first-v", &C::first_v, parse_first_v, core::format_double, "v before the first update"),
      field<BiasCorrection>("bias-correction", &C::bias_correction, {"none", "capped", "debiased"},
                            "nothing, ρ_t = min(ρ, 1 − 1/t), or v/(1 − ρ^t)"),
      field("centered", &C::centered, "divide by the deviation √(v − ḡ²)"),
      field("momentum", &C::momentum, kDecay, "decay of the momentum; 0 is off"),
      field<MomentumForm>("momentum-form", &C::momentum_form, {"heavy-ball", "ema", "velocity"},
                          "m ← μm + u, m ← μm + (1 − μ)u, or m ← μm + lr·u"),
      field("nesterov", &C::nesterov, "look ahead along the momentum"),
      field("beta1", &C::beta1, kDecay, "decay of Adam's mean"),
      field("amsgrad", &C::amsgrad, "Adam divides by the largest v so far"),
      field("weight-decay", &C::weight_decay, kNonNegative, "pull of the parameters to 0"),
      field("decoupled-decay", &C::decoupled_decay, "decay past the accumulator; adamw always"),
      field("clip-norm", &C::clip_norm, kNonNegative, "limit of the gradient's norm before v; 0 is off"),
      field("clip-value", &C::clip_value, kNonNegative, "limit of each component before v; 0 is off"),
  };
}

void add_shared(core::Options& options, const Field& field, OptimizerConfig& actor, OptimizerConfig& critic) {
  options.add(
      field.name, field.help,
      [=, &actor, &critic](const std::string& text) {
        field.set(actor, text);
        field.set(critic, text);
      },
      [=, &actor] { return field.get(actor); });
}

/// The network's own option; one from a config file gives way to a typed one for both.
void add_own(core::Options& options, const Field& field, const std::string& prefix, OptimizerConfig& config) {
  options.add(
      prefix + field.name, field.help,
      [=, &options, &config](const std::string& text) {
        if (options.typed(field.name) && !options.typed(prefix + field.name)) return;
        field.set(config, text);
      },
      [=, &config] { return field.get(config); });
}

}  // namespace

void OptimizerConfig::describe(core::Options& options, const std::string& prefix) {
  for (const Field& field : fields())
    options.add(
        prefix + field.name, field.help, [=, this](const std::string& text) { field.set(*this, text); },
        [=, this] { return field.get(*this); });
}

void describe_pair(core::Options& options, OptimizerConfig& actor, OptimizerConfig& critic) {
  options.section("Optimizer of both networks");
  for (const Field& field : fields()) add_shared(options, field, actor, critic);
  options.section("Optimizer of the actor");
  for (const Field& field : fields()) add_own(options, field, "actor.", actor);
  options.section("Optimizer of the critic");
  for (const Field& field : fields()) add_own(options, field, "critic.", critic);
}

}  // namespace rhoam::optim
