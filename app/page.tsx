export default function HomePage() {
  return <main>Veet</main>;
}
