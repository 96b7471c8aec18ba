// The text of a schedule: refused as wrong, or a value within its bounds at every time, which its text, and
// in the middle its saved state, bring back.
#include "rhoam/core/schedule.h"

#include <cmath>

#include "rhoam/tests/fuzz/harness.h"

namespace rhoam::fuzz {
namespace {

constexpr core::ScheduleContext kContexts[] = {
    {}, core::kUnbound, {.whole_steps = 500, .seed = 3, .index = 1}};
constexpr std::int64_t kTimes[] = {0, 1, 7, 90};
constexpr std::int64_t kLate = std::int64_t{1} << 40;

core::Clocks at(std::int64_t time) { return {.steps = time, .updates = time, .episodes = time}; }

void follow(core::Schedule schedule, const core::ScheduleContext& context) {
  auto copy = core::parse_schedule(schedule.to_string(), context);
  demand(copy.to_string() == schedule.to_string(), "a schedule's text says another");
  const auto bounds = schedule.bounds();
  for (const auto time : kTimes) {
    const double value = schedule.at(at(time));
    demand(bounds.contains(value), "a schedule leaves its bounds");
    demand(copy.at(at(time)) == value, "a copy goes another way");
  }
  core::Tensors state;
  schedule.save(state, "s");
  copy.load(state, "s");
  demand(copy.at(at(2 * kTimes[3])) == schedule.at(at(2 * kTimes[3])),
         "a state is loaded otherwise than saved");
  if (state.all().empty()) demand(!std::isnan(schedule.at(at(kLate))), "no number in the end");
}

}  // namespace

void check(const std::string& input) {
  const auto& context = kContexts[input.size() % 3];
  succeeds<core::UsageError>([&] { follow(core::parse_schedule(input, context), context); });
}

}  // namespace rhoam::fuzz
