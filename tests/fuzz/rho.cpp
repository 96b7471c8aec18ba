// A rho or a timescale as typed: refused as wrong, or a decay below 1 at every time, which its own text says
// again.
#include "rhoam/optim/rho.h"

#include "rhoam/optim/hyper.h"
#include "rhoam/tests/fuzz/harness.h"

namespace rhoam::fuzz {
namespace {

constexpr core::ClockRates kRates{.steps_per_update = 64, .steps_per_episode = 200};

void follow(core::Schedule rho) {
  for (const std::int64_t time : {0, 1, 90}) {
    const double value = rho.at({.steps = 64 * time,
                                 .updates = time,
                                 .episodes = time / 3,
                                 .episode_length = static_cast<double>(time) / 7});
    demand(optim::kDecay.contains(value), "a rho leaves [0, 1)");
  }
}

void check_rho(const std::string& text) {
  optim::Rho rho = 0.0;
  if (!succeeds<core::UsageError>([&] { rho = optim::parse_rho(text); })) return;
  demand(optim::parse_rho(rho.to_string()).to_string() == rho.to_string(), "a rho's text says another");
  constexpr core::ScheduleContext kTraining{.whole_steps = 1000, .seed = 1};
  if (!succeeds<core::UsageError>([&] { rho.bind(kTraining); })) return;
  const optim::DeclaredDrift drift{.timescale = {300, core::Clock::episodes}};
  rho.remark(kRates, drift);
  succeeds<core::UsageError>([&] { follow(rho.resolve(kRates)); });
  succeeds<core::UsageError>([&] { follow(rho.resolve(kRates, drift)); });
}

void check_timescale(const std::string& text) {
  optim::DeclaredDrift drift;
  if (!succeeds<core::UsageError>([&] { drift = optim::parse_declared_drift(text); })) return;
  demand(optim::parse_declared_drift(drift.to_string()).to_string() == drift.to_string(),
         "a timescale's text says another");
  for (const auto& rho : {optim::Rho::match(), optim::Rho::match_optimal()})
    succeeds<core::UsageError>([&] { follow(rho.resolve(kRates, drift)); });
}

}  // namespace

void check(const std::string& input) {
  check_rho(input);
  check_timescale(input);
}

}  // namespace rhoam::fuzz
