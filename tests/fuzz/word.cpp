// Single words: numbers, lengths of time, shares, axes, names of recordings. Refused as wrong, or read back
// from their own text.
#include "rhoam/compare/grid.h"
#include "rhoam/compare/shard.h"
#include "rhoam/core/clock.h"
#include "rhoam/core/text.h"
#include "rhoam/render/video/recorder.h"
#include "rhoam/tests/fuzz/harness.h"

namespace rhoam::fuzz {
namespace {

void check_numbers(const std::string& text) {
  if (const auto value = core::parse_double(text))
    demand(core::parse_double(core::format_double(*value)) == value, "a number's text says another");
  core::parse_integer<int>(text);
  core::parse_integer<std::uint64_t>(text);
  if (const auto value = core::parse_integer<std::int64_t>(text))
    demand(core::parse_integer<std::int64_t>(std::to_string(*value)) == value, "a count's text says another");
}

void check_timescale(const std::string& text) {
  succeeds<core::UsageError>([&] {
    const auto time = core::parse_timescale(text);
    const auto again = core::parse_timescale(core::to_string(time));
    demand(again.value == time.value && again.clock == time.clock, "a time's text says another");
  });
}

void check_axis(const std::string& text) {
  succeeds<core::UsageError>([&] {
    const auto axis = compare::parse_axis(text);
    bool same = false;
    succeeds<core::UsageError>([&] {
      const auto again = compare::parse_axis(compare::to_string(axis));
      same = again.option == axis.option && again.values == axis.values;
    });
    demand(same, "an axis' text says another");
  });
}

void check_shard(const std::string& text) {
  succeeds<core::UsageError>([&] {
    const auto shard = compare::parse_shard(text);
    demand(shard.index >= 0 && shard.index < shard.count, "a shard is none of its number");
  });
}

void check_name(const std::string& text) {
  core::shortened(text);
  core::paragraph("  --label", text, 30);
  core::did_you_mean(text, std::vector<std::string>{"CartPole-v1", "--rollout-steps", "rho"});
}

void check_path(const std::string& text) {
  succeeds<core::UsageError>([&] { render::NumberedPath{text}(7); });
}

/// By the first letter of an input, which says what its other letters are.
constexpr void (*kChecks[])(const std::string&) = {check_numbers, check_timescale, check_axis,
                                                   check_shard,   check_path,      check_name};

}  // namespace

void check(const std::string& input) {
  if (input.empty()) return;
  kChecks[static_cast<unsigned char>(input[0]) % std::size(kChecks)](input.substr(1));
}

}  // namespace rhoam::fuzz
