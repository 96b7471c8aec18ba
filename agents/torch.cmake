# Everything that needs LibTorch: its headers cost 15 to 22 s a file, its libraries half a second at the start of a program.
find_package(Torch REQUIRED)
get_property(imported DIRECTORY PROPERTY IMPORTED_TARGETS)
foreach(target IN LISTS imported)
  set_target_properties(${target} PROPERTIES IMPORTED_GLOBAL TRUE)  # apps, tests and benchmarks link them too
endforeach()
rhoam_component(torch
  torch_mlp.cpp
  torch_network.cpp
  ${CMAKE_SOURCE_DIR}/optim/torch_group.cpp
  ${CMAKE_SOURCE_DIR}/optim/torch_optimizer.cpp)
target_link_libraries(rhoam_torch PUBLIC rhoam::agents ${TORCH_LIBRARIES})
rhoam_install_headers(agents torch_mlp.h torch_network.h)
rhoam_install_headers(optim ${CMAKE_SOURCE_DIR}/optim/torch_optimizer.h)
