#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "rhoam/render/chart/chart.h"

namespace rhoam::render {

inline std::string svg(const Chart& chart) { return to_svg("", {&chart, 1}); }

/// Whether every tag is closed in order, every attribute quoted, and no number is none.
inline testing::AssertionResult is_well_formed(const std::string& svg) {
  const auto failure = [](const std::string& what) { return testing::AssertionFailure() << what; };
  std::vector<std::string> open;
  for (std::size_t begin = 0; (begin = svg.find('<', begin)) != std::string::npos;) {
    const auto end = svg.find('>', begin);
    if (end == std::string::npos) return failure("a tag does not end");
    const std::string tag = svg.substr(begin + 1, end - begin - 1);
    begin = end;
    if (std::count(tag.begin(), tag.end(), '"') % 2 != 0) return failure("an open quote in <" + tag);
    if (tag.find("nan") != std::string::npos || tag.find("inf") != std::string::npos)
      return failure("not a number in <" + tag);
    if (tag[0] == '?' || tag.back() == '/') continue;
    if (tag[0] != '/') {
      open.push_back(tag.substr(0, tag.find(' ')));
    } else {
      if (open.empty() || open.back() != tag.substr(1)) return failure("<" + tag + "> closes nothing");
      open.pop_back();
    }
  }
  return open.empty() && svg.ends_with("</svg>\n") ? testing::AssertionSuccess()
                                                   : failure("tags are left open");
}

}  // namespace rhoam::render
