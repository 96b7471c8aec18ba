#include "rhoam/compare/suites.h"

#include "rhoam/core/options.h"
#include "rhoam/core/text.h"

namespace rhoam::compare {

const Suite& find_suite(const std::string& name) { return core::find_by_name(suites(), "suite", name); }

std::string question_of(const Suite& suite) {
  std::string question;
  core::Options options;
  options.add("question", question, "");
  options.read_config_text(suite.text, suite.name, core::Unknown::skip);
  options.apply();
  return question;
}

}  // namespace rhoam::compare
