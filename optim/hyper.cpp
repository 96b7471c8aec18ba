#include "optim/hyper.h"

#include <fmt/format.h>

#include <utility>

#include "core/errors.h"

namespace rhoam::optim {

Hyper::Hyper(std::string name, core::Schedule schedule, const core::Range& allowed)
    : name_(std::move(name)), schedule_(std::move(schedule)), allowed_(allowed) {
  if (schedule_.constant()) at({});
}

double Hyper::at(const core::Clocks& clocks) {
  const double value = schedule_.at(clocks);
  if (allowed_.contains(value)) return value;
  throw core::UsageError(fmt::format("{} {} is out of range: {}", name_, value, allowed_.text()));
}

bool differs(const core::Schedule& schedule, double value) {
  if (!schedule.constant()) return true;
  core::Schedule copy = schedule;
  return copy.at({}) != value;
}

}  // namespace rhoam::optim
