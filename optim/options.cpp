// Options of an OptimizerConfig on the command line and in config files.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/optim/recipes.h"

namespace rhoam::optim {
namespace {

/// Reading and writing of a type.
template <class T>
struct Grammar {
  std::function<T(const std::string&)> read;
  std::function<std::string(const T&)> write;
};

/// One option of an optimizer, independent of the object that it sets.
struct Field {
  std::string name, help;
  bool toggle = false;  ///< of true and false
  std::function<void(OptimizerConfig&, const std::string&)> read;
  std::function<std::string(const OptimizerConfig&)> write;

  void set(OptimizerConfig& config, const std::string& text, const std::string& option) const try {
    read(config, text);
  } catch (const core::UsageError& error) {
    throw core::UsageError("--" + option + ": " + error.what());
  }
};

template <class T>
Field field(const std::string& name, T OptimizerConfig::*member, const Grammar<T>& grammar,
            const std::string& help) {
  return {name, help, std::is_same_v<T, bool>, [=](auto& c, auto& text) { c.*member = grammar.read(text); },
          [=](auto& c) { return grammar.write(c.*member); }};
}

/// A value that "default" leaves to the dialect or the recipe.
template <class T>
Field field(const std::string& name, std::optional<T> OptimizerConfig::*member, const Grammar<T>& grammar,
            const std::string& help) {
  const auto read = [=](OptimizerConfig& c, const std::string& text) {
    c.*member = text == "default" ? std::optional<T>() : grammar.read(text);
  };
  return {name, help, std::is_same_v<T, bool>, read,
          [=](auto& c) { return c.*member ? grammar.write(*(c.*member)) : "default"; }};
}

Grammar<core::Schedule> schedule(const std::string& name, const core::Range& range) {
  return {
      [=](auto& text) { return Hyper(name, core::parse_schedule(text, core::kUnbound), range).schedule(); },
      [](auto& value) { return value.to_string(); }};
}

Grammar<std::string> one_of(const std::vector<std::string>& allowed) {
  return {[=](auto& text) {
            if (std::ranges::find(allowed, text) != allowed.end()) return text;
            throw core::UsageError(fmt::format("no '{}': allowed are {}{}", text, core::join(allowed),
                                               core::did_you_mean(text, allowed)));
          },
          [](auto& text) { return text; }};
}

template <class Row>
std::vector<std::string> names(std::span<const Row> table) {
  std::vector<std::string> all;
  for (const Row& row : table) all.emplace_back(row.name);
  return all;
}

template <class Enum>
Grammar<Enum> choice(const std::vector<core::Named<Enum>>& all) {
  return {[=, word = one_of(names(std::span(all)))](auto& text) {
            return core::find_by_name(all, "value", word.read(text)).value;
          },
          [=](auto& value) -> std::string { return core::name_of(all, value); }};
}

/// Range of a single rescaling of v: more would leave the range of a float.
constexpr core::Range kRescale{.low = 1e-12, .high = 1e12};

const Grammar<bool> kBoolean = choice<bool>({{"false", false}, {"true", true}});
const Grammar<Rho> kRho{parse_rho, [](auto& rho) { return rho.to_string(); }};
const Grammar<DeclaredDrift> kTimescale{parse_declared_drift, [](auto& drift) { return drift.to_string(); }};
const Grammar<double> kAtLeastZero{
    [](auto& text) {
      const auto value = core::parse_double(text);
      if (value && *value >= 0) return *value;
      throw core::UsageError(fmt::format("'{}' is not a number of at least 0", text));
    },
    [](auto& value) { return core::format_double(value); }};

/// The factor of v after a change.
const Grammar<std::optional<double>> kOnChange{
    [](auto& text) -> std::optional<double> {
      if (text == "keep") return std::nullopt;
      if (text == "reset") return 0;
      const auto factor = text.starts_with("rescale:") ? core::parse_double(text.substr(8)) : std::nullopt;
      if (factor && kRescale.contains(*factor)) return factor;
      throw core::UsageError(
          fmt::format("'{}': allowed are keep, reset and rescale:X, X {}", text, kRescale.text()));
    },
    [](auto& factor) -> std::string {
      if (!factor) return "keep";
      return *factor == 0 ? "reset" : "rescale:" + core::format_double(*factor);
    }};

const Grammar<std::int64_t> kUpdates{
    [](auto& text) {
      const auto value = core::parse_integer<std::int64_t>(text);
      if (value && *value >= 0) return *value;
      throw core::UsageError(fmt::format("'{}' is not a number of updates of at least 0", text));
    },
    [](auto& value) { return std::to_string(value); }};

std::vector<Field> fields() {
  using C = OptimizerConfig;
  const auto decay = schedule("decay", kDecay), scale = schedule("value", kNonNegative);
  const auto recipe_names = names(recipes()), dialect_names = names(dialects());
  return {
      field("optimizer", &C::recipe, one_of(recipe_names), core::join(recipe_names)),
      field("dialect", &C::dialect, one_of(dialect_names), "whose rmsprop: " + core::join(dialect_names)),
      field("lr", &C::lr, scale, "learning rate (every number of an optimizer may be a schedule)"),
      field("lr-factor", &C::lr_factor, kAtLeastZero, "factor of the whole schedule of the learning rate"),
      field("rho", &C::rho, kRho,
            "decay of v: 0.99, memory:100, half-life:50updates|20000steps|40episodes, match or "
            "match:optimal[:A=X] to the timescale of the drift, auto[:likelihood|:factored], learn"),
      field("timescale", &C::timescale, kTimescale,
            "how fast the world changes, for --rho match, where that is not the shortest timescale of the "
            "drifts: "
            "TIME[:sine|square|telegraph|ou|growth[:A=X]]"),
      field("eps", &C::eps, scale, "ε beside the root of v"),
      field("eps-place", &C::eps_place,
            choice<EpsPlace>({{"outside", EpsPlace::outside}, {"inside", EpsPlace::inside}}),
            "outside: √v + ε; inside: √(v + ε)"),
      field("first-v", &C::first_v, kAtLeastZero, "v before the first update"),
      field("bias-correction", &C::bias_correction,
            choice<BiasCorrection>({{"none", BiasCorrection::none},
                                    {"capped", BiasCorrection::capped},
                                    {"debiased", BiasCorrection::debiased}}),
            "none; capped: ρ_t = min(ρ, 1 − 1/t); debiased: v/(1 − ρ^t)"),
      field("centered", &C::centered, kBoolean, "divide by the deviation √(v − ḡ²)"),
      field("pool-v", &C::pooling,
            choice<Pooling>(
                {{"none", Pooling::none}, {"layer", Pooling::layer}, {"network", Pooling::network}}),
            "what shares one v: none, layer or network"),
      field("momentum", &C::momentum, decay, "decay of the momentum; 0 is off"),
      field("momentum-form", &C::momentum_form,
            choice<MomentumForm>({{"heavy-ball", MomentumForm::heavy_ball},
                                  {"ema", MomentumForm::ema},
                                  {"velocity", MomentumForm::velocity}}),
            "heavy-ball: m ← μm + u; ema: m ← μm + (1 − μ)u; velocity: m ← μm + lr·u"),
      field("nesterov", &C::nesterov, kBoolean, "look ahead along the momentum"),
      field("beta1", &C::beta1, decay, "decay of Adam's mean"),
      field("amsgrad", &C::amsgrad, kBoolean, "Adam divides by the largest v so far"),
      field("weight-decay", &C::weight_decay, scale, "pull of the parameters to 0"),
      field("decoupled-decay", &C::decoupled_decay, kBoolean, "decay past the accumulator, as adamw always"),
      field("clip-norm", &C::clip_norm, scale, "limit of the gradient's norm before v; 0 is off"),
      field("clip-value", &C::clip_value, scale, "limit of each component before v; 0 is off"),
      field("gradient-noise", &C::gradient_noise, scale,
            "deviation of noise added to the gradient; 0 is off"),
      field("lookahead", &C::lookahead, kUpdates,
            "updates between two pulls of Lookahead's slow weights; 0 is off"),
      field("lookahead-pull", &C::lookahead_pull, schedule("value", {.low = 0, .high = 1}),
            "how far the slow weights go, 0 … 1"),
      field("on-change", &C::on_change, kOnChange,
            "what a jump of a drift does to v: keep, reset, or rescale:X, which multiplies it by X"),
  };
}

void add_shared(core::Options& options, const Field& field, OptimizerConfig& actor, OptimizerConfig& critic) {
  options.shorthand(field.name, field.help, [=, &actor, &critic](const std::string& text) {
    field.set(actor, text, field.name);
    field.set(critic, text, field.name);
  });
  if (field.toggle) options.toggle(field.name);
}

}  // namespace

void OptimizerConfig::describe(core::Options& options, const std::string& prefix) {
  for (const Field& field : fields()) {
    const auto name = prefix + field.name;
    options.add(
        name, field.help, [=, this](const std::string& text) { field.set(*this, text, name); },
        [=, this] { return field.write(*this); });
    if (field.toggle) options.toggle(name);
  }
}

std::string unused_by_pair(const OptimizerConfig& actor, const OptimizerConfig* critic,
                           const std::string& option) {
  const auto all = fields();
  const auto part = option.substr(option.find('.') + 1);
  if (std::ranges::find(all, part, &Field::name) == all.end()) return {};
  if (option.starts_with("actor.")) return unused(actor, part);
  if (option.starts_with("critic.")) return critic ? unused(*critic, part) : "without --baseline";
  const std::string by_actor = unused(actor, option), by_critic = critic ? unused(*critic, option) : by_actor;
  if (by_actor.empty() || by_critic.empty()) return {};
  return by_actor == by_critic ? by_actor : by_actor + " and " + by_critic;
}

void describe_pair(core::Options& options, OptimizerConfig& actor, OptimizerConfig& critic) {
  options.section("Optimizer of both networks, where --actor.X or --critic.X is not given");
  for (const Field& field : fields()) add_shared(options, field, actor, critic);
  options.section("Optimizer of the actor");
  actor.describe(options, "actor.");
  options.section("Optimizer of the critic");
  critic.describe(options, "critic.");
}

}  // namespace rhoam::optim
