#pragma once
#include <span>
#include <string>

#include "rhoam/optim/scale_by_rms.h"

namespace rhoam::optim {

/// How the step size enters the momentum: m ← μm + u with θ ← θ − ηm; m ← μm + (1 − μ)u; or m ← μm + ηu with
/// θ ← θ − m. `heavy_ball` and `velocity` differ only while the learning rate changes.
enum class MomentumForm { heavy_ball, ema, velocity };

/// RMSprop as one library defines it. An option that is given beats the dialect's.
struct Dialect {
  const char* name;
  double rho;
  double eps;
  EpsPlace eps_place;
  EpsPlace eps_place_with_momentum;  ///< legacy Keras has two rules
  double first_v;
  BiasCorrection bias_correction;
  MomentumForm momentum_form;
  const char* source;
};

/// All dialects; the first is the default.
std::span<const Dialect> dialects();

/// Throws UsageError with the allowed names.
const Dialect& find_dialect(const std::string& name);

}  // namespace rhoam::optim
