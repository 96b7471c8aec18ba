#include "apps/compare/chart_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/text.h"
#include "render/css_colors.h"

namespace rhoam::compare {
namespace {

using Json = nlohmann::ordered_json;

Json number(double value) {
  if (!std::isfinite(value)) return nullptr;
  return core::parse_double(fmt::format("{:.6g}", value)).value_or(0);
}

Json numbers(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(number(value));
  return list;
}

Json axis(const render::Axis& axis) { return {{"label", axis.label}, {"log", axis.log}}; }

Json series(const render::Series& series, bool shown) {
  return {{"name", series.name},
          {"color", render::css_series(std::max(0, series.color))},
          {"points", series.style == render::Style::points},
          {"shown", shown},
          {"x", numbers(series.x)},
          {"y", numbers(series.y)},
          {"low", numbers(series.low)},
          {"high", numbers(series.high)}};
}

}  // namespace

std::string to_json(const render::Chart& chart, const std::vector<std::size_t>& shown) {
  Json json{{"x", axis(chart.x)}, {"y", axis(chart.y)}, {"series", Json::array()}};
  for (std::size_t i = 0; i < chart.series.size(); ++i)
    json["series"].push_back(series(chart.series[i], std::ranges::count(shown, i) > 0));
  json["changes"] = numbers(chart.changes);
  json["landmarks"] = Json::array();
  for (const auto& [x, name] : chart.landmarks)
    json["landmarks"].push_back({{"x", number(x)}, {"name", name}});
  json["levels"] = numbers(chart.levels);
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rhoam::compare
