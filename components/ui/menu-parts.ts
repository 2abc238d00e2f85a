"use client";
import type * as Radix from "@radix-ui/react-menu";
import { createContext, use } from "react";

/** The library's parts that the items of an open menu are made of. */
type Parts = Pick<typeof Radix, "Item" | "ItemIndicator" | "Label" | "RadioGroup" | "RadioItem" | "Separator">;

export const MenuParts = createContext<Parts | undefined>(undefined);

export function useMenuParts(): Parts {
  const parts = use(MenuParts);
  if (!parts) throw new Error("Only an open menu has items");
  return parts;
}
