// comparison.ini: refused as wrong, or a comparison that its own comparison.ini describes again.
#include <algorithm>

#include "rhoam/compare/plan.h"
#include "rhoam/core/text.h"
#include "rhoam/tests/fuzz/harness.h"
#include "rhoam/tests/fuzz/trainings.h"

namespace rhoam::fuzz {
namespace {

compare::Plan read(const std::string& text) {
  const auto file = scratch() / "comparison.ini";
  write(file, text);
  auto plan = compare::make_plan({"--config", file.string()});
  compare::check(plan.comparison, networks());
  return plan;
}

/// Few trainings, each of which is built once, and small ones.
bool is_small(const std::string& text) {
  return std::ranges::count(text, ',') + std::ranges::count(text, ';') < 16 && asks_for_little(text);
}

}  // namespace

void check(const std::string& input) {
  if (!is_small(input)) return;
  succeeds<core::UsageError>([&] {
    const auto text = read(input).comparison.config;
    std::string again;
    const bool accepted = succeeds<core::UsageError>([&] { again = read(text).comparison.config; });
    demand(accepted, "a comparison's own text is refused");
    demand(again == text, "a comparison's text describes another");
  });
}

}  // namespace rhoam::fuzz
