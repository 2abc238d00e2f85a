import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "@fontsource-variable/inter/index.css";
import "./globals.css";
import { Toasts } from "#components/ui/toast.tsx";

export const metadata: Metadata = {
  title: { default: "Veet", template: "%s · Veet" },
  description: "Video meetings your team owns. Share a link, see who asks to join, let them in.",
  icons: { icon: "/icon.svg" },
  // A meeting's address is its key: search engines and the sites we link to need not know it.
  robots: { index: false, follow: false },
  referrer: "same-origin",
};

export const viewport: Viewport = {
  width: "device-width",
  initialScale: 1,
  viewportFit: "cover",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f7" },
    { media: "(prefers-color-scheme: dark)", color: "#111414" },
  ],
};

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Toasts />
      </body>
    </html>
  );
}
