#pragma once
#include <span>
#include <string>

namespace rhoam::compare {

/// A comparison that comes with the program: a file of suites/.
struct Suite {
  const char* name;
  const char* text;
};

std::span<const Suite> suites();

/// Throws UsageError with the allowed names and the nearest match.
const Suite& find_suite(const std::string& name);

/// The question of a suite, from its text.
std::string question_of(const Suite& suite);

}  // namespace rhoam::compare
