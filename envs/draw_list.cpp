#include "rhoam/envs/draw_list.h"

#include <array>

namespace rhoam::envs {

void DrawList::clear() {
  view_ = {};
  layer_ = Layer::scenery;
  shapes_.clear();
  points_.clear();
  texts_.clear();
  exhausts_.clear();
  gauges_.clear();
  parts_.clear();
  ending_ = {};
}

void DrawList::add(Shape::Kind kind, Ink ink, double size, std::span<const Spot> points) {
  shapes_.push_back({.kind = kind,
                     .layer = layer_,
                     .ink = ink,
                     .size = size,
                     .first = static_cast<std::uint32_t>(points_.size()),
                     .count = static_cast<std::uint32_t>(points.size()),
                     .text = 0});
  points_.insert(points_.end(), points.begin(), points.end());
}

void DrawList::outline(Ink ink, std::span<const Spot> corners, double width) {
  if (corners.empty()) return;
  const Spot first = corners.front();
  line(ink, corners, width);
  points_.push_back(first);
  ++shapes_.back().count;
}

void DrawList::arrow(Ink ink, Spot from, Spot to, double width) {
  add(Shape::Kind::arrow, ink, width, std::array{from, to});
}

void DrawList::text(Ink ink, Spot centre, double height, std::string text) {
  add(Shape::Kind::text, ink, height, {&centre, 1});
  shapes_.back().text = static_cast<std::uint32_t>(texts_.size());
  texts_.push_back(std::move(text));
}

}  // namespace rhoam::envs
