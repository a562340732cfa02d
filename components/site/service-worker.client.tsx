'use client';
import { useEffect } from 'react';
import { registerServiceWorker } from '@/lib/offline/register';
import { BASE_PATH } from '@/lib/site';

/** Keeps what is read for reading it again without a network; draws nothing. */
export function ServiceWorker(): null {
  useEffect(() => registerServiceWorker(BASE_PATH), []);
  return null;
}
