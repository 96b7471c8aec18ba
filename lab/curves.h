#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "rhoam/optim/recipes.h"
#include "rhoam/render/chart/chart.h"

namespace rhoam::lab {

/// RMSprop's √v without its step, for updates that divide by it something other than the gradients it has
/// seen.
class Accumulator {
 public:
  Accumulator(double rho, std::size_t size)
      : rms_(optim::make_optimizer<double>({.lr = 0.0, .rho = rho, .eps = 0.0}, size)),
        still_(size),
        root_(size),
        rate_(size) {}

  /// √v [size] after v ← ρv + (1 − ρ)g².
  std::span<const double> add(std::span<const double> g) {
    rms_->step(still_, g, {});
    rms_->inspect(root_, rate_);
    return root_;
  }

 private:
  std::unique_ptr<optim::Optimizer<double>> rms_;
  std::vector<double> still_, root_, rate_;
};

/// `count` numbers from low to high, evenly spaced on a log axis.
std::vector<double> log_spaced(double low, double high, int count = 100);

/// Adds a point.
void add_point(render::Series& series, double x, double y);

/// Starts another curve of the same series after a gap.
void add_gap(render::Series& series);

/// Adds f over `xs`.
template <class F>
void add_curve(render::Series& series, const std::vector<double>& xs, F&& f) {
  for (const double x : xs) add_point(series, x, f(x));
}

/// Keeps the points of a long run that a log axis can show, and the last one.
class LogTrace {
 public:
  explicit LogTrace(const std::string& name) : series_{.name = name} {}
  /// Adds a point after update t; t must grow.
  void add(double t, double y);
  const render::Series& series() const { return series_; }

 private:
  render::Series series_;
  double next_ = 0;
  bool passing_ = false;  ///< the next point replaces the last one
};

}  // namespace rhoam::lab
