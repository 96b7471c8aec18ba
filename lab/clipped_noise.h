#pragma once

namespace rhoam::lab {

/// Tracking an optimum that walks by `walk` per update with RMSprop at learning rate `lr`, through normal
/// noise of variance 1 that is `burst` times as wide in a share `chance` of the updates; gradients are
/// clipped at ±`limit` before the accumulator. The formulas hold for a long memory, when v is nearly
/// constant.
struct ClippedNoise {
  double burst = 1, chance = 0;
  double limit = 1e12;
  double lr = 0.05, walk = 0.05;

  /// Mean squared distance after an update, in the steady state. Before an update it is M = P + walk², after
  /// it P = M − 2k·E[ec] + k²·E[c²] with the clipped gradient c and k = lr/√v, v = E[c²]. By Stein's lemma
  /// E[ec] = M·(unclipped share), so P = (walk² + lr²)/(2k·share) − walk².
  double loss() const;
  /// Updates in which a distance shrinks by e: 1/(k·share).
  double relaxation() const;
  /// Relative excess of E[1/√v] over 1/√E[v] for a memory n, to first order: ⅜·(κ − 1)/(2n − 1). It should be
  /// small where loss() is used.
  double spread(double memory) const;

 private:
  struct Moments {
    double square, fourth;  ///< of c
    double share;           ///< of unclipped gradients
  };
  Moments moments(double distance) const;
};

}  // namespace rhoam::lab
