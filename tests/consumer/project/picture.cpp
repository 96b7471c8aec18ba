// Paints a cart-pole and what there is to say of it into an image, without a display.
#include <cstdio>
#include <vector>

#include "rhoam/envs/vector_env.h"
#include "rhoam/render/scene/screen.h"

int main() {
  using namespace rhoam;
  const auto env = envs::make_vector_env("CartPole-v1", 1, nullptr);
  envs::StepBatch batch;
  env->reset(1, batch);
  envs::DrawList world;
  env->draw(0, world);
  const envs::DrawList* const recent[] = {&world};
  const render::Overlay overlay{.step_limit = env->spec().max_episode_steps};
  const render::Pane pane{.title = "nobody", .scene = {.recent = recent}, .overlay = &overlay};
  render::Image image(600, 400);
  render::paint_screen(image, 1, {.panes = {pane}}, render::find_theme("light"));
  const std::string png = render::to_png(image);
  std::printf("%zu bytes of PNG\n", png.size());
  return render::from_png(png).width() == 600 ? 0 : 1;
}
