#include "rhoam/optim/recipes.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "rhoam/core/errors.h"
#include "rhoam/core/text.h"
#include "rhoam/optim/add_noise.h"
#include "rhoam/optim/chain.h"
#include "rhoam/optim/clip.h"
#include "rhoam/optim/linear.h"
#include "rhoam/optim/lookahead.h"
#include "rhoam/optim/momentum.h"
#include "rhoam/optim/scale_by_adagrad.h"
#include "rhoam/optim/scale_by_adam.h"
#include "rhoam/optim/scale_by_align_bank.h"
#include "rhoam/optim/scale_by_factored_rms.h"
#include "rhoam/optim/scale_by_learned_rho.h"
#include "rhoam/optim/scale_by_likelihood_bank.h"
#include "rhoam/optim/scale_by_pooled_rms.h"
#include "rhoam/optim/scale_by_rms.h"

namespace rhoam::optim {
namespace {

/// β₂ of Adam (Kingma & Ba 2015).
constexpr double kAdamRho = 0.999;

template <class Scalar, class... Rest>
Stages<Scalar> stages(Stage<Scalar> first, Rest... rest) {
  Stages<Scalar> all;
  all.push_back(std::move(first));
  (all.push_back(std::move(rest)), ...);
  return all;
}

core::Schedule rho(const OptimizerConfig& c) { return chosen_rho(c)->resolve(c.rates, c.timescale); }

MomentumForm momentum_form(const OptimizerConfig& c) {
  return c.momentum_form.value_or(find_dialect(c.dialect).momentum_form);
}

bool has_momentum(const OptimizerConfig& c) {
  return find_recipe(c.recipe).uses("momentum") && differs(c.momentum, 0);
}

/// Whether the learning rate comes before the momentum instead of at the end of the chain.
bool rate_comes_first(const OptimizerConfig& c) {
  return has_momentum(c) && momentum_form(c) == MomentumForm::velocity;
}

RmsOptions rms_options(const OptimizerConfig& c) {
  const Dialect& dialect = find_dialect(c.dialect);
  const bool automatic = chosen_rho(c)->automatic().has_value();
  return {.rho = automatic ? core::Schedule(dialect.rho) : rho(c),
          .eps = c.eps.value_or(dialect.eps),
          .eps_place = c.eps_place.value_or(differs(c.momentum, 0) ? dialect.eps_place_with_momentum
                                                                   : dialect.eps_place),
          .bias_correction = c.bias_correction.value_or(dialect.bias_correction),
          .first_v = c.first_v.value_or(dialect.first_v),
          .centered = c.centered};
}

AdamOptions adam_options(const OptimizerConfig& c) {
  return {.beta1 = c.beta1, .rho = rho(c), .eps = c.eps.value_or(1e-8), .amsgrad = c.amsgrad};
}

MomentumOptions momentum_options(const OptimizerConfig& c) {
  return {.momentum = c.momentum,
          .ema = momentum_form(c) == MomentumForm::ema,
          .dampening = c.dampening,
          .nesterov = c.nesterov};
}

template <class Scalar>
Stage<Scalar> rate_before_momentum(const OptimizerConfig& c) {
  return scale_by<Scalar>(rate_comes_first(c) ? c.lr : core::Schedule(1));
}

/// The first parameter of each group that shares a v.
std::vector<std::size_t> groups(const OptimizerConfig& c) {
  return c.pooling == Pooling::layer ? c.layers : std::vector<std::size_t>{0};
}

/// A rule that finds its own memory keeps a plain v for each parameter and initialises it itself.
void check_automatic(const OptimizerConfig& c) {
  const char* other = c.pooling != Pooling::none ? "--pool-v"
                      : c.centered               ? "--centered"
                      : c.first_v                ? "--first-v"
                      : c.bias_correction        ? "--bias-correction"
                      : rms_options(c).eps_place == EpsPlace::inside
                          ? "an ε inside the root (--eps-place, or the dialect's)"
                          : nullptr;
  if (other)
    throw core::UsageError(
        fmt::format("rho {} divides by √v + ε with a v of its own: leave out {}", c.rho->to_string(), other));
}

template <class Scalar>
Stage<Scalar> divide_by_own_root(AutomaticRho rule, const core::Schedule& eps, std::size_t size) {
  switch (rule) {
    case AutomaticRho::align:
      return scale_by_align_bank<Scalar>({.eps = eps}, size);
    case AutomaticRho::likelihood:
      return scale_by_likelihood_bank<Scalar>({.eps = eps}, size);
    case AutomaticRho::factored:
      return scale_by_factored_rms<Scalar>({.eps = eps}, size);
    case AutomaticRho::learn:
      return scale_by_learned_rho<Scalar>({.eps = eps}, size);
  }
  return nullptr;
}

/// The stage that divides by √v, with a given memory or with one that it finds itself.
template <class Scalar>
Stage<Scalar> divide_by_root(const OptimizerConfig& c, std::size_t size) {
  const RmsOptions options = rms_options(c);
  if (const auto rule = chosen_rho(c)->automatic()) {
    check_automatic(c);
    return divide_by_own_root<Scalar>(*rule, options.eps, size);
  }
  return c.pooling == Pooling::none ? scale_by_rms<Scalar>(options, size)
                                    : scale_by_pooled_rms<Scalar>(options, groups(c), size);
}

template <class Scalar>
Stages<Scalar> rmsprop(const OptimizerConfig& c, std::size_t size) {
  return stages(divide_by_root<Scalar>(c, size), rate_before_momentum<Scalar>(c),
                trace<Scalar>(momentum_options(c), size));
}

template <class Scalar>
Stages<Scalar> adagrad(const OptimizerConfig& c, std::size_t size) {
  return stages(scale_by_adagrad<Scalar>(
      {.eps = c.eps.value_or(1e-10), .first_sum = c.first_v.value_or(0), .lr_decay = c.lr_decay}, size));
}

template <class Scalar>
Stages<Scalar> adam(const OptimizerConfig& c, std::size_t size) {
  return stages(scale_by_adam<Scalar>(adam_options(c), size));
}

template <class Scalar>
Stages<Scalar> sgd(const OptimizerConfig& c, std::size_t size) {
  return stages(rate_before_momentum<Scalar>(c), trace<Scalar>(momentum_options(c), size));
}

// clang-format off
constexpr Recipe kRecipes[] = {
    {"rmsprop", "divides by the root mean square of recent gradients (Tieleman & Hinton 2012)", Recipe::kDialectRho, 0, false,
     " dialect rho timescale eps eps-place first-v bias-correction centered pool-v momentum momentum-form nesterov decoupled-decay on-change ",
     rmsprop<float>, rmsprop<double>},
    {"adagrad", "divides by the root of the sum of all squared gradients (Duchi et al. 2011)", 0, 0, false,
     " eps first-v decoupled-decay on-change ", adagrad<float>, adagrad<double>},
    {"adam", "RMSprop with momentum, both bias-corrected (Kingma & Ba 2015)", kAdamRho, 0, false,
     " rho timescale eps beta1 amsgrad decoupled-decay on-change ", adam<float>, adam<double>},
    {"adamw", "Adam with decoupled weight decay (Loshchilov & Hutter 2019)", kAdamRho, 0.01, true,
     " rho timescale eps beta1 amsgrad on-change ", adam<float>, adam<double>},
    {"sgd", "the gradient itself, with optional momentum", 0, 0, false,
     " dialect momentum momentum-form nesterov decoupled-decay ", sgd<float>, sgd<double>},
};
// clang-format on

/// An option that has an effect only together with another one.
struct Condition {
  const char* option;
  const char* without;
  bool (*holds)(const OptimizerConfig&);
};

bool decays(const OptimizerConfig& c) {
  return differs(c.weight_decay.value_or(find_recipe(c.recipe).weight_decay), 0);
}

bool first_v_counts(const OptimizerConfig& c) {
  return !find_recipe(c.recipe).uses("bias-correction") || chosen_rho(c)->automatic() ||
         rms_options(c).bias_correction != BiasCorrection::capped;
}

bool dialect_counts(const OptimizerConfig& c) {
  return find_recipe(c.recipe).rho == Recipe::kDialectRho || has_momentum(c);
}

constexpr Condition kConditions[] = {
    {"dialect", "without --momentum", dialect_counts},
    {"timescale", "without --rho match", [](const auto& c) { return chosen_rho(c)->matches(); }},
    {"momentum-form", "without --momentum", has_momentum},
    {"nesterov", "without --momentum", has_momentum},
    {"first-v", "by the capped bias correction", first_v_counts},
    {"decoupled-decay", "without --weight-decay", decays},
    {"lookahead-pull", "without --lookahead", [](const auto& c) { return c.lookahead > 0; }},
};

/// Whether some recipes use it, but not all.
bool depends_on_recipe(const std::string& option) {
  return std::ranges::any_of(kRecipes, [&](const Recipe& each) { return each.uses(option); });
}

void check(const OptimizerConfig& c) {
  find_dialect(c.dialect);
  Hyper("first-v", c.first_v.value_or(0), kNonNegative);
  Hyper("lr-decay", c.lr_decay, kNonNegative);
  Hyper("lr-factor", c.lr_factor, kNonNegative);
  if (c.centered && c.pooling != Pooling::none)
    throw core::UsageError(
        "centered RMSprop has a mean for each parameter: leave out --centered or --pool-v");
  if (find_recipe(c.recipe).uses("nesterov") && c.nesterov && !has_momentum(c))
    throw core::UsageError("nesterov looks ahead along the momentum: set momentum above 0, such as 0.9");
}

/// What saved state must match to be loaded: recipe and, where they matter, dialect and automatic ρ.
std::string identity(const OptimizerConfig& c) {
  if (find_recipe(c.recipe).rho != Recipe::kDialectRho) return c.recipe;
  const auto rho = *chosen_rho(c);
  return c.recipe + "/" + c.dialect + (rho.automatic() ? "/" + rho.to_string() : "");
}

template <class Scalar>
Stages<Scalar> build(const Recipe& recipe, const OptimizerConfig& config, std::size_t size) {
  if constexpr (std::is_same_v<Scalar, float>) return recipe.build_float(config, size);
  if constexpr (std::is_same_v<Scalar, double>) return recipe.build_double(config, size);
}

}  // namespace

void OptimizerConfig::bind(core::ScheduleContext context) {
  training = context;
  const auto next = [&](auto* schedule) {  // schedules take numbers in order, even those not given
    if (schedule) schedule->bind(context);
    ++context.index;
  };
  for (core::Schedule* schedule :
       {&lr, &momentum, &beta1, &clip_norm, &clip_value, &gradient_noise, &lookahead_pull})
    next(schedule);
  next(rho ? &*rho : nullptr);
  next(eps ? &*eps : nullptr);
  next(weight_decay ? &*weight_decay : nullptr);
}

bool Recipe::uses(const std::string& option) const {
  return std::string_view(options).find(' ' + option + ' ') != std::string_view::npos;
}

std::span<const Recipe> recipes() { return kRecipes; }

const Recipe& find_recipe(const std::string& name) { return core::find_by_name(kRecipes, "optimizer", name); }

std::optional<Rho> chosen_rho(const OptimizerConfig& c) {
  const double usual = find_recipe(c.recipe).rho;
  if (usual == 0) return std::nullopt;
  if (c.rho) return c.rho;
  return usual == Recipe::kDialectRho ? find_dialect(c.dialect).rho : usual;
}

std::string unused(const OptimizerConfig& c, const std::string& option) {
  const Recipe& recipe = find_recipe(c.recipe);
  if (depends_on_recipe(option) && !recipe.uses(option)) return "by " + c.recipe;
  for (const Condition& each : kConditions)
    if (option == each.option && !each.holds(c)) return each.without;
  return {};
}

template <class Scalar>
std::unique_ptr<Optimizer<Scalar>> make_optimizer(const OptimizerConfig& c, std::size_t size) {
  const Recipe& recipe = find_recipe(c.recipe);
  check(c);
  const bool rate_first = rate_comes_first(c), decoupled = recipe.decoupled || c.decoupled_decay;
  const core::Schedule decay = c.weight_decay.value_or(recipe.weight_decay), off = 0.0, one = 1.0;

  auto all =
      stages(clip_by_global_norm<Scalar>(c.clip_norm, size), clip_by_value<Scalar>(c.clip_value),
             add_gradient_noise<Scalar>(
                 {.deviation = c.gradient_noise, .seed = c.training.seed, .index = c.training.index}),
             scale_by<Scalar>(c.maximize ? -1.0 : 1.0), add_decayed_weights<Scalar>(decoupled ? off : decay));
  std::ranges::move(build<Scalar>(recipe, c, size), std::back_inserter(all));
  all.push_back(add_decayed_weights<Scalar>(decoupled ? decay : off, rate_first ? c.lr : one));
  all.push_back(scale_by<Scalar>(c.lr_factor));
  all.push_back(lookahead<Scalar>({.every = c.lookahead, .pull = c.lookahead_pull}, size));
  Hyper rate("lr", rate_first ? one : c.lr, kNonNegative);
  return std::make_unique<Chain<Scalar>>(identity(c), std::move(all), std::move(rate), size);
}

template std::unique_ptr<Optimizer<float>> make_optimizer(const OptimizerConfig&, std::size_t);
template std::unique_ptr<Optimizer<double>> make_optimizer(const OptimizerConfig&, std::size_t);

}  // namespace rhoam::optim
