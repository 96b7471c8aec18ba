#pragma once
#include "render/canvas.h"
#include "render/image.h"

namespace rhoam::render {

/// Paints into an image, which must outlive the canvas and keep its size. Lengths are those of a picture of
/// scale 1; `scale` pixels of the image make one of these.
class ImageCanvas final : public Canvas {
 public:
  /// What is painted. In a chart upright and level lines fill whole pixels, where those of a scene that moves
  /// would jerk, and edges are smoothed less finely, which takes a third of the time for a line of a thousand
  /// corners.
  enum class Subject { scene, chart };
  explicit ImageCanvas(Image& image, double scale = 1, Subject subject = Subject::scene);

  /// Fills the whole image.
  void clear(Color color);
  /// Puts an image down in its own pixels, from this corner in pixels of this image.
  void put(const Image& image, int left, int top);
  /// To be called when all is painted. Throws std::runtime_error with Cairo's reason when something could not
  /// be painted.
  void finish();
};

}  // namespace rhoam::render
