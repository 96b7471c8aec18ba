#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace rhoam::envs {

/// Meaning of a shape; the painter's theme gives it a colour.
enum class Ink : std::uint8_t {
  sky,        ///< behind everything
  space,      ///< behind a world without air
  ground,     ///< the surface to stand on
  line,       ///< a thin line of the scenery: a track, an axis
  flag_pole,  ///< and the flag itself
  flag,
  body,  ///< the steered body, and its outline
  body_edge,
  limb,  ///< a part attached to it, such as a leg, and its outline
  limb_edge,
  lit,   ///< a limb that touches the ground
  cart,  ///< a vehicle on a track
  pole,  ///< the rod to balance, and its hinge
  joint,
  bar,       ///< one of several values
  chosen,    ///< the one that was chosen
  velocity,  ///< arrows
  thrust,
  text,
};
inline constexpr std::size_t kInks = static_cast<std::size_t>(Ink::text) + 1;

/// Groups of shapes, for overlaying several worlds.
enum class Layer : std::uint8_t {
  scenery,  ///< what the agent does not move
  actors,   ///< what it moves; a ghost shows only these
  notes,    ///< arrows and the like, which a viewer may hide
};

/// A point in units of the world; y points up.
struct Spot {
  double x = 0, y = 0;
};

/// One shape made of `count` points of the list, starting at `first`.
struct Shape {
  enum class Kind : std::uint8_t { polygon, line, disc, arrow, text };
  Kind kind;
  Layer layer;
  Ink ink;
  double size;  ///< in units of the world: a line's width (0: the thinnest), a disc's radius, a text's height
  std::uint32_t first, count;
  std::uint32_t text;  ///< index of its text
};

/// An engine that is firing. The painter draws it as flames behind all shapes; they do not affect the
/// physics.
struct Exhaust {
  Spot nozzle;
  Spot velocity;  ///< of the gas, in units of the world per second
  double power;   ///< 0 … 1: how large the flame is
};

/// A number that a viewer may want to see on its scale.
struct Gauge {
  std::string name;
  double value = 0, low = 0, high = 0;
  std::string unit = {};
};

/// A part of the running episode's return.
struct ReturnPart {
  std::string name;
  double value;
};

/// How an episode ended, in a word or two chosen by the world.
struct EndingText {
  std::string text;
  bool good = false;
};

/// The picture of a world at one moment. Clearing and refilling it allocates no memory.
class DrawList {
 public:
  /// The part of the world that is shown, undistorted and centred in the available space.
  struct View {
    double left = 0, bottom = 0, right = 1, top = 1;
    Ink behind = Ink::sky;  ///< fills this part and the space around it
    bool full = false;      ///< has something to read in its upper corners, too
  };

  void clear();
  void look_at(const View& view) { view_ = view; }
  /// Sets the layer of the shapes that follow.
  void use(Layer layer) { layer_ = layer; }

  void polygon(Ink ink, std::span<const Spot> corners) { add(Shape::Kind::polygon, ink, 0, corners); }
  void line(Ink ink, std::span<const Spot> points, double width = 0) {
    add(Shape::Kind::line, ink, width, points);
  }
  /// A closed line.
  void outline(Ink ink, std::span<const Spot> corners, double width = 0);
  void disc(Ink ink, Spot centre, double radius) { add(Shape::Kind::disc, ink, radius, {&centre, 1}); }
  void arrow(Ink ink, Spot from, Spot to, double width);
  /// Centred on this point.
  void text(Ink ink, Spot centre, double height, std::string text);
  void exhaust(const Exhaust& exhaust) { exhausts_.push_back(exhaust); }
  void gauge(Gauge gauge) { gauges_.push_back(std::move(gauge)); }
  void part(ReturnPart part) { parts_.push_back(std::move(part)); }
  /// The world has reached its own end.
  void end(EndingText ending) { ending_ = std::move(ending); }

  const View& view() const { return view_; }
  std::span<const Shape> shapes() const { return shapes_; }
  std::span<const Spot> points(const Shape& shape) const {
    return std::span(points_).subspan(shape.first, shape.count);
  }
  const std::string& text(const Shape& shape) const { return texts_[shape.text]; }
  std::span<const Exhaust> exhausts() const { return exhausts_; }
  std::span<const Gauge> gauges() const { return gauges_; }
  std::span<const ReturnPart> parts() const { return parts_; }
  /// Empty before the end, and for a world that does not report it.
  const EndingText& ending() const { return ending_; }

 private:
  void add(Shape::Kind kind, Ink ink, double size, std::span<const Spot> points);

  View view_;
  Layer layer_ = Layer::scenery;
  std::vector<Shape> shapes_;
  std::vector<Spot> points_;
  std::vector<std::string> texts_;
  std::vector<Exhaust> exhausts_;
  std::vector<Gauge> gauges_;
  std::vector<ReturnPart> parts_;
  EndingText ending_;
};

}  // namespace rhoam::envs
