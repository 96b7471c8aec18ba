#pragma once
#include <cstddef>
#include <vector>

namespace rhoam::watch {

/// Values over rising places, of which at most kMost are kept however many there were: every one, every
/// second, every fourth …, and the newest. Columns of the same places keep the same.
class Thinned {
 public:
  static constexpr std::size_t kMost = 4000;

  void add(double x, double y);
  bool empty() const { return x_.empty(); }
  const std::vector<double>& x() const { return x_; }
  const std::vector<double>& y() const { return y_; }
  /// The value that was kept of a place; NaN where there is none.
  double at(double x) const;

 private:
  void thin();

  std::vector<double> x_, y_;
  std::size_t every_ = 1, count_ = 0;
};

}  // namespace rhoam::watch
