// Draws v/g² of RMSprop under a constant gradient as an SVG picture.
#include <cmath>
#include <cstdio>
#include <string>

#include "rhoam/render/chart/chart.h"

int main() {
  using namespace rhoam::render;
  Series series{.name = "1 − ρ^t"};
  for (int t = 0; t <= 300; ++t) {
    series.x.push_back(t);
    series.y.push_back(1 - std::pow(0.99, t));
  }
  const Chart chart{.title = "What ρ = 0.99 remembers", .x = {.label = "updates t"}, .series = {series}};
  const std::string svg = to_svg("", {&chart, 1});
  std::printf("%zu bytes of SVG\n", svg.size());
  return svg.find("</svg>") != std::string::npos ? 0 : 1;
}
