#include "rhoam/optim/hyper.h"

#include <fmt/format.h>

#include <utility>

#include "rhoam/core/errors.h"

namespace rhoam::optim {
namespace {

bool within(const core::Range& inner, const core::Range& outer) {
  const bool low = outer.contains(inner.low) || (inner.low == outer.low && inner.low_open);
  const bool high = outer.contains(inner.high) || (inner.high == outer.high && inner.high_open);
  return low && high;
}

}  // namespace

Hyper::Hyper(std::string name, core::Schedule schedule, const core::Range& allowed)
    : name_(std::move(name)), schedule_(std::move(schedule)) {
  if (!within(schedule_.bounds(), allowed))
    throw core::UsageError(
        fmt::format("{} {} is out of range: {}", name_, schedule_.to_string(), allowed.text()));
}

bool differs(const core::Schedule& schedule, double value) {
  if (!schedule.constant()) return true;
  core::Schedule copy = schedule;
  return copy.at({}) != value;
}

}  // namespace rhoam::optim
