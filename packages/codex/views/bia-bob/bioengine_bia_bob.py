"""Tells bia-bob how to write cells for notebooks with the kernel TypeScript (BioEngine)."""


def list_bia_bob_plugins():
    """Hints for bia_bob: a task, and the TypeScript cell that does it."""
    return r"""
    In notebooks whose language is TypeScript, use the library "bioengine", in TypeScript:

    * Read an image: Reads TIFF (OME, ImageJ, BigTIFF), PNG, JPEG, OME-Zarr, NIfTI or NPY with its exact values, as an NdArray [y, x], [y, x, c], or what `image.axes` says (e.g. TCZYX; filters take one channel or frame: `image.at(0)`); `image.spacing` is the pixel size in µm, if known.
    ```ts
    import { imread, imshow } from "bioengine";

    const image = await imread("data/img2d.tif");
    imshow(image);
    ```

    * Segment with cellpose-python: Segments cells and nuclei of any shape; `mask` holds one integer per object, 0 = background.
    ```ts
    import { execute, imshow } from "bioengine";

    const results = await execute({
      inputs: [image.expandDims(0).astype("float32"), { diameter: 25 }],
      modelName: "cellpose-python",
    });
    const mask = results.mask.at(0);
    imshow(mask, { image: image });
    ```

    * Segment with stardist: Segments roundish, crowded objects such as nuclei; `mask` holds one integer per object, 0 = background.
    ```ts
    import { execute, imshow } from "bioengine";

    const results = await execute({
      inputs: [image.astype("uint16"), {}],
      modelName: "stardist",
    });
    const mask = results.mask;
    imshow(mask, { image: image });
    ```

    * Measure the objects: scikit-image's regionprops_table: one row per object, areas and lengths in pixels, or in µm if the mask or image knows its spacing (`spacing: 1` for pixels); `image` adds the intensities.
    ```ts
    import { regionpropsTable } from "bioengine";

    const table = regionpropsTable(mask, {
      image: image,
      properties: ["label", "area", "centroid", "eccentricity", "solidity", "intensity_mean"],
    });
    table;
    ```
    """
