#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rhoam/core/clock.h"
#include "rhoam/core/options.h"
#include "rhoam/core/schedule.h"
#include "rhoam/optim/dialects.h"
#include "rhoam/optim/optimizer.h"
#include "rhoam/optim/rho.h"
#include "rhoam/optim/transform.h"

namespace rhoam::optim {

/// Which parameters share one v: none, those of a layer, or all.
enum class Pooling { none, layer, network };

/// Configuration of an optimizer. Options that are not given come from the dialect (rmsprop) or from the
/// recipe's paper; options that a recipe does not use are ignored. Every Schedule may be a plain number.
struct OptimizerConfig {
  std::string recipe = "rmsprop";
  std::string dialect = "rhoam";  ///< which library's RMSprop
  core::Schedule lr = 1e-3;
  double lr_factor = 1;                         ///< multiplies the schedule `lr`, to tune any by one number
  std::optional<Rho> rho = {};                  ///< decay of v; Adam's β₂
  std::optional<DeclaredDrift> timescale = {};  ///< of the world's change, used by `match`
  std::optional<core::Schedule> eps = {};
  std::optional<EpsPlace> eps_place = {};              ///< rmsprop
  std::optional<double> first_v = {};                  ///< rmsprop, adagrad
  std::optional<BiasCorrection> bias_correction = {};  ///< rmsprop
  bool centered = false;                               ///< rmsprop
  Pooling pooling = Pooling::none;                     ///< rmsprop
  std::vector<std::size_t> layers = {
      0};  ///< set by agents::Learner and TorchOptimizer: the first parameter of each layer
  core::Schedule momentum = 0.0;  ///< rmsprop, sgd
  std::optional<MomentumForm> momentum_form = {};
  bool nesterov = false;
  double dampening = 0;                             ///< sgd, as in PyTorch
  core::Schedule beta1 = 0.9;                       ///< adam, adamw
  bool amsgrad = false;                             ///< adam, adamw
  double lr_decay = 0;                              ///< adagrad, as in PyTorch
  std::optional<core::Schedule> weight_decay = {};  ///< default 0.01 for adamw, 0 otherwise
  bool decoupled_decay = false;         ///< after the accumulator instead of into the gradient; adamw always
  core::Schedule clip_norm = 0.0;       ///< limit of the gradient's norm before the accumulator; 0 is off
  core::Schedule clip_value = 0.0;      ///< limit of each of its components; 0 is off
  bool maximize = false;                ///< ascends
  core::Schedule gradient_noise = 0.0;  ///< deviation of noise in every component, after clipping; 0 is off
  std::int64_t lookahead = 0;           ///< updates between two pulls of Lookahead's slow weights; 0 is off
  core::Schedule lookahead_pull = 0.5;
  /// Factor of v when the world is known to have changed (agents::Learner); 0 forgets it, none keeps it.
  std::optional<double> on_change = {};
  core::ClockRates rates = {};  ///< set by the trainer: turns a half-life in steps or episodes into updates
  core::ScheduleContext training = {};  ///< set by bind: length and seed of the training

  /// Completes every schedule with the length and the seed of the training; they take stream numbers from
  /// `context.index` on.
  void bind(core::ScheduleContext context);
  /// Declares "<prefix>optimizer", "<prefix>rho", "<prefix>lr" … bound to this object.
  void describe(core::Options& options, const std::string& prefix = "");
};

/// Declares the options of two optimizers: "rho" sets both unless "actor.rho" or "critic.rho" is given at the
/// same level or above (typed beats config).
void describe_pair(core::Options& options, OptimizerConfig& actor, OptimizerConfig& critic);

/// The ρ in effect: as given, or the default of the dialect or recipe; nothing for optimizers without one.
std::optional<Rho> chosen_rho(const OptimizerConfig& config);

/// Why an option, such as "eps", has no effect in this optimizer, such as "by sgd" or "without --momentum";
/// empty when it has one.
std::string unused(const OptimizerConfig& config, const std::string& option);
/// The same for an option of describe_pair, such as "eps" or "actor.eps"; empty for any other option. The
/// critic is null where no baseline is learned.
std::string unused_by_pair(const OptimizerConfig& actor, const OptimizerConfig* critic,
                           const std::string& option);

/// A named optimizer: its defaults, and the stages that it builds between clipping and the learning rate.
struct Recipe {
  const char* name;
  const char* help;
  double rho;           ///< default; 0 without a ρ, kDialectRho for that of the dialect
  double weight_decay;  ///< default
  bool decoupled;       ///< whether its weight decay always is
  const char* options;  ///< names of those it uses that not every recipe does, each between spaces
  Stages<float> (*build_float)(const OptimizerConfig&, std::size_t size);
  Stages<double> (*build_double)(const OptimizerConfig&, std::size_t size);

  static constexpr double kDialectRho = -1;
  bool uses(const std::string& option) const;
};

/// All recipes.
std::span<const Recipe> recipes();

/// Throws UsageError with the allowed names.
const Recipe& find_recipe(const std::string& name);

/// An optimizer of `size` parameters. Order of the stages: clipping, noise, sign (`maximize`), coupled decay,
/// the recipe, decoupled decay, rate factor, Lookahead, rate. Throws UsageError naming value, range and fix
/// for an unknown name or a number out of range.
template <class Scalar>
std::unique_ptr<Optimizer<Scalar>> make_optimizer(const OptimizerConfig& config, std::size_t size);

}  // namespace rhoam::optim
