#include "optim/rho.h"

#include <fmt/format.h>

#include <cmath>

#include "core/errors.h"
#include "core/text.h"
#include "optim/hyper.h"

namespace rhoam::optim {
namespace {

/// The rest of `text` after `head`, if it starts with it.
std::optional<std::string> after(const std::string& text, const std::string& head) {
  if (!text.starts_with(head)) return std::nullopt;
  return text.substr(head.size());
}

double parse_memory(const std::string& text) {
  const auto memory = core::parse_double(text);
  if (memory && *memory >= 1) return *memory;
  throw core::UsageError(
      fmt::format("rho memory:{} is wrong: allowed is a number of updates of at least 1", text));
}

}  // namespace

double rho_of_memory(double memory) { return 1 - 1 / memory; }
double memory_of_rho(double rho) { return 1 / (1 - rho); }
double rho_of_half_life(double half_life) { return std::exp2(-1 / half_life); }
double half_life_of_rho(double rho) { return std::log(0.5) / std::log(rho); }

core::Schedule Rho::resolve(const core::ClockRates& rates) const {
  if (!half_life_) return rho_;
  return rho_of_half_life(half_life_->in(core::Clock::updates, rates));
}

std::string Rho::to_string() const {
  if (!half_life_) return rho_.to_string();
  return "half-life:" + core::to_string(*half_life_);
}

Rho parse_rho(const std::string& text) {
  for (const char* later : {"match", "auto"})
    if (text == later || text.starts_with(std::string(later) + ":"))
      throw core::UsageError(
          fmt::format("rho '{}' is not available yet: give a number in [0, 1), memory:100 or "
                      "half-life:50updates",
                      text));
  if (const auto memory = after(text, "memory:")) return rho_of_memory(parse_memory(*memory));
  if (const auto length = after(text, "half-life:"))
    return Rho(core::parse_timescale(*length, core::Clock::updates));
  return Hyper("rho", core::parse_schedule(text, core::kUnbound), kDecay).schedule();
}

}  // namespace rhoam::optim
