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
foreach(header agents/torch_mlp agents/torch_network optim/torch_optimizer)
  cmake_path(GET header PARENT_PATH folder)
  install(FILES ${CMAKE_SOURCE_DIR}/${header}.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/rhoam/${folder} COMPONENT torch)
endforeach()
