#include "rhoam/lab/curves.h"

#include <cmath>
#include <limits>

namespace rhoam::lab {

std::vector<double> log_spaced(double low, double high, int count) {
  std::vector<double> all;
  for (int i = 0; i < count; ++i) all.push_back(low * std::pow(high / low, i / (count - 1.0)));
  return all;
}

void add_point(render::Series& series, double x, double y) {
  series.x.push_back(x);
  series.y.push_back(y);
}

void add_gap(render::Series& series) {
  if (!series.x.empty()) add_point(series, series.x.back(), std::numeric_limits<double>::quiet_NaN());
}

void LogTrace::add(double t, double y) {
  if (passing_) {
    series_.x.pop_back();
    series_.y.pop_back();
  }
  passing_ = t < next_;
  if (!passing_) next_ = t * 1.1;
  add_point(series_, t, y);
}

}  // namespace rhoam::lab
