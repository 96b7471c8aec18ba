#pragma once
#include "render/font.h"

namespace rhoam::render {

/// The sizes of text beside and over a world.
struct Lettering {
  Font small{9.5};  ///< names of things that explain themselves
  Font plain{11};
  Font bold{11, Font::Weight::bold};
  Font headline{15, Font::Weight::bold};
  Font large{20, Font::Weight::bold};
};

/// Made once, as a typeface takes longer to be found than a picture to be painted.
const Lettering& lettering();

}  // namespace rhoam::render
