#pragma once

namespace rhoam::optim {

/// How the scale σ of the gradient changes; x = log σ² is its log-variance.
enum class DriftKind { sine, telegraph, ou, growth };

/// A drift of x, with times in updates.
struct Drift {
  DriftKind kind = DriftKind::telegraph;
  /// Period, mean dwell, correlation time, or the time in which x grows by `amplitude`. Above 0; a period
  /// below 2 counts as 2.
  double timescale = 100;
  /// A: amplitude of the sine, ±A of the telegraph, standard deviation of the Ornstein-Uhlenbeck process,
  /// growth per timescale. At least 0; ln 10 = 2.3 is a variance ten times up and ten times down.
  double amplitude = 2.3;
  /// Kurtosis of the gradient at constant scale, above 1; 3 is Gaussian.
  double kurtosis = 3;
};

/// The memory that RMSprop needs to follow a drift.
struct MatchedRho {
  double memory;     ///< n = 1/(1 − ρ), updates
  double rho;        ///< 1 − 1/n
  double half_life;  ///< updates
  bool trackable;    ///< false: no optimum below n = 3000, so the longest memory is best
};

/// Mean squared error of log v under a drift, with v the average of g² over `memory` n ≥ 1 updates: noise
/// ln(1 + c/(2n − 1)), c = √(2(κ − 1)), which is (κ − 1)/(2n − 1) to first order and damped for heavy tails,
/// plus the lag of v behind x. The excess tracking regret is an eighth of it. Our own derivation; within a
/// factor of 1.6 in n of simulation for κ = 3. Throws UsageError for a drift or memory out of range.
double tracking_cost(const Drift& drift, double memory);

/// The ρ with the smallest tracking cost over memories of 1.05 … 3000 updates. For long timescales and small
/// noise n grows as T^⅔ (sine, growth) or √T (telegraph, ou), far below T. Throws UsageError for a drift out
/// of range.
MatchedRho rho_for(const Drift& drift);

}  // namespace rhoam::optim
