#include "rhoam/optim/dialects.h"

#include "rhoam/core/text.h"

namespace rhoam::optim {
namespace {

using enum EpsPlace;
using enum BiasCorrection;
using enum MomentumForm;

// clang-format off
constexpr Dialect kDialects[] = {
    {"rhoam",  0.99, 1e-8,  outside, outside, 0, capped, heavy_ball, "the memory grows with t until it is 1/(1 − ρ): no first-step spike"},
    {"torch",  0.99, 1e-8,  outside, outside, 0, none,   heavy_ball, "torch.optim.RMSprop, PyTorch 1.13"},
    {"tf1",    0.9,  1e-10, inside,  inside,  1, none,   velocity,   "tf.compat.v1.train.RMSPropOptimizer; Stable-Baselines3's RMSpropTFLike has ρ 0.99"},
    {"keras",  0.9,  1e-7,  outside, inside,  0, none,   velocity,   "tf.keras.optimizers.legacy.RMSprop; with momentum its ε is inside"},
    {"keras3", 0.9,  1e-7,  inside,  inside,  0, none,   velocity,   "keras.optimizers.RMSprop of Keras 3"},
    {"optax",  0.9,  1e-8,  inside,  inside,  0, none,   velocity,   "optax.rmsprop with its default eps_in_sqrt"},
    {"hinton", 0.9,  0,     outside, outside, 0, none,   heavy_ball, "Tieleman & Hinton 2012, lecture 6e: no ε at all"},
};
// clang-format on

}  // namespace

std::span<const Dialect> dialects() { return kDialects; }

const Dialect& find_dialect(const std::string& name) {
  return core::find_by_name(kDialects, "dialect", name);
}

}  // namespace rhoam::optim
