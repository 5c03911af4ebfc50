// Asks the browser where it is; a refusal is answered with the other way, never with a reproach.

const OTHER_WAY = "Ketik saja nama kecamatan atau kabupaten/kota tempat kejadian.";
const DENIED = 1; // GeolocationPositionError.PERMISSION_DENIED

// Gives {lat, lon, accuracy in metres}, or throws an Error whose message is a sentence for the reader.
export async function locate() {
  try {
    const { coords } = await new Promise(ask);
    return { lat: coords.latitude, lon: coords.longitude, accuracy: coords.accuracy };
  } catch (problem) {
    throw new Error(problem.code === DENIED
      ? `Tidak apa-apa, lokasi tidak dibagikan. ${OTHER_WAY}`
      : `Lokasi belum dapat dibaca di perangkat ini. ${OTHER_WAY}`);
  }
}

function ask(resolve, reject) {
  if (!navigator.geolocation) throw new Error("no geolocation here");
  navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: 20000, maximumAge: 30000 });
}

// The same words as echo_of() in bot/web/forms.py, so that nothing changes when the server confirms it.
export function placeLine({ accuracy }) {
  const metres = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 0 }).format(accuracy);
  return `Lokasi dibagikan (ketelitian sekitar ${metres} m)`;
}
