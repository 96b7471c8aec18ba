#pragma once
#include <cmath>
#include <limits>

namespace rhoam::optim {

/// Place of ε: √v + ε (PyTorch, Keras) or √(v + ε) (TensorFlow 1, optax).
enum class EpsPlace { outside, inside };

/// Correction for the first v: none; a memory that grows with t, ρ_t = min(ρ, 1 − 1/t); or v̂ = v/(1 − ρ^t)
/// as in Adam.
enum class BiasCorrection { none, capped, debiased };

/// ρ of update number t ≥ 1: with the capped correction v is the plain mean of g² until its memory is full.
template <class T>
T rho_at(T rho, double t, BiasCorrection correction) {
  const T cap = 1 - 1 / t;
  return correction == BiasCorrection::capped && cap < rho ? cap : rho;
}

/// RMSprop for one element and one update (Tieleman & Hinton 2012; centered: Graves 2013, eq. 38–40). T is a
/// float, a double or a Dual, which then gives the derivatives of the same rule.
template <class T>
struct RmsRule {
  T keep, take;               ///< ρ_t and 1 − ρ_t
  T unbias;                   ///< v̂ = unbias·v
  T eps_outside, eps_inside;  ///< the one that is not in use is 0, which changes no bit
  T first = T(0);             ///< w₁, which bounds a deviation from below; see Centering

  RmsRule() = default;
  /// `forgotten` is Π ρ, the weight that the first v still has.
  template <class U>
  RmsRule(const U& rho, const U& eps, EpsPlace place, const U& forgotten, BiasCorrection correction)
      : keep(T(rho)),
        take(T(1 - rho)),
        unbias(T(correction == BiasCorrection::debiased ? 1 / (1 - forgotten) : U(1))),
        eps_outside(T(place == EpsPlace::outside ? eps : U(0))),
        eps_inside(T(place == EpsPlace::inside ? eps : U(0))) {}

  T average(T old, T x) const { return keep * old + take * x; }
  /// √v̂ + ε or √(v̂ + ε).
  T divisor(T variance) const {
    using std::sqrt;
    return sqrt(variance + eps_inside) + eps_outside;
  }
  /// 0/0 is 0, so that zero gradients never give NaN.
  T divide(T u, T variance) const {
    const T d = divisor(variance);
    return d == T(0) ? T(0) : u / d;
  }
  /// v ← ρv + (1 − ρ)u²; returns u/(√v + ε).
  T plain(T u, T& v) const {
    v = average(v, u * u);
    return divide(u, unbias * v);
  }
  /// Divides by the standard deviation √(v̂ − ĝ²) instead, or w₁·|ĝ| where that is larger. Unlike in PyTorch,
  /// a v̂ − ĝ² that rounding makes negative is 0.
  T centered(T u, T& v, T& mean) const {
    v = average(v, u * u);
    mean = average(mean, u);
    return divide(u, variance(v, mean));
  }
  T variance(T v, T mean) const {
    const T center = unbias * mean, least = first * center;
    const T difference = unbias * v - center * center;
    return difference < least * least ? least * least : difference;
  }
};

/// Lower bound of a deviation. That of one gradient is 0, and that of a few similar ones nearly so: the first
/// steps would be g/ε. The bound is the part of |ĝ| that comes from the first gradient, whose weight w₁ in
/// the averages is 1 at first, then 1/t or less, and soon 0. A memory of less than two updates contains one
/// gradient at a time, and w₁ stays 1. With w the weight of the newest gradient, w·g² ≤ v̂ ≤ (1 + 1/w₁²)
/// times the square of the divisor, so that a step is at most lr·√((1 + 1/w₁²)/w): in the first three updates
/// 6 lr where ρ is constant. Without bias correction w₁ is 0 as in PyTorch, where the zeros before the first
/// gradient count as samples and a step is at most lr/√(ρᵗ(1 − ρ)); but it is 1 after an update with ρ = 0,
/// where PyTorch divides g by ε.
class Centering {
 public:
  explicit Centering(BiasCorrection correction) : correction_(correction) { forget(); }

  /// The next update has this ρ_t. `forgotten` is that of RmsRule.
  void update(double rho, double forgotten) {
    const bool corrected = correction_ != BiasCorrection::none;
    if (correction_ == BiasCorrection::debiased) rho = 1 - (1 - rho) / (1 - forgotten);  // of v̂ and ĝ
    first_ = rho < (corrected ? 0.5 : kTiny) ? 1 : rho * first_;
  }
  /// v and ḡ were set to 0.
  void forget() { first_ = correction_ == BiasCorrection::none ? 0 : 1; }
  /// w₁, the state.
  double& first() { return first_; }

 private:
  static constexpr double kTiny = std::numeric_limits<double>::min();
  BiasCorrection correction_;
  double first_;  // w₁, the weight of the first gradient
};

}  // namespace rhoam::optim
