#include "apps/watch/thinned.h"

#include <algorithm>
#include <limits>

namespace rhoam::watch {

void Thinned::add(double x, double y) {
  if (const bool spare = count_ > 0 && (count_ - 1) % every_ != 0; spare) {
    x_.pop_back();
    y_.pop_back();
  }
  x_.push_back(x);
  y_.push_back(y);
  ++count_;
  if (x_.size() > kMost) thin();
}

void Thinned::thin() {
  const std::size_t regular = (count_ - 1) / every_ + 1;  // the newest may stand between
  every_ *= 2;
  const bool newest_stands_between = (count_ - 1) % every_ != 0;
  for (auto* values : {&x_, &y_}) {
    const double newest = values->back();
    for (std::size_t i = 0; 2 * i < regular; ++i) (*values)[i] = (*values)[2 * i];
    values->resize((regular + 1) / 2);
    if (newest_stands_between) values->push_back(newest);
  }
}

double Thinned::at(double x) const {
  const auto place = std::ranges::lower_bound(x_, x);
  if (place == x_.end() || *place != x) return std::numeric_limits<double>::quiet_NaN();
  return y_[static_cast<std::size_t>(place - x_.begin())];
}

}  // namespace rhoam::watch
