#include "rhoam/training/unused_options.h"

#include <algorithm>
#include <utility>

#include "rhoam/core/text.h"

namespace rhoam::training {

std::string unused_remark(const std::vector<std::string>& names,
                          const std::function<std::string(const std::string&)>& reason) {
  std::vector<std::pair<std::string, std::vector<std::string>>> options;  // by reason
  for (const auto& name : names) {
    const std::string why = reason(name);
    if (why.empty()) continue;
    auto group = std::ranges::find(options, why, [](const auto& each) { return each.first; });
    if (group == options.end()) group = options.insert(group, {why, {}});
    group->second.push_back("--" + name);
  }
  std::vector<std::string> remarks;
  for (const auto& [why, of_reason] : options)
    remarks.push_back(core::join(of_reason) + (of_reason.size() > 1 ? " are" : " is") + " not used " + why);
  return core::join(remarks, "; ");
}

std::string unused_remark(TrainingConfig& config, TrainingConfig fresh, const core::Options& given) {
  const auto texts_in = [](const std::vector<core::GivenOption>& options, const std::string& name) {
    const auto option = std::ranges::find(options, name, &core::GivenOption::name);
    return option == options.end() ? std::vector<std::string>() : option->texts;
  };
  const auto is_default = [&, now = config.options(), defaults = fresh.options()](const std::string& name) {
    const auto texts = texts_in(now, name);
    return !texts.empty() && texts == texts_in(defaults, name);
  };
  std::vector<std::string> names;
  for (const auto& option : given.all_given())
    if (given.typed(option.name) || !is_default(option.name)) names.push_back(option.name);
  return unused_remark(names, [&](const auto& name) { return config.plan->unused(name); });
}

}  // namespace rhoam::training
